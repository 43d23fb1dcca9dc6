"""`make bench` runs this."""

from benchmarks import rendering

if __name__ == "__main__":
    rendering.main()
