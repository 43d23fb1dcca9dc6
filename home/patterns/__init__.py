"""The pattern page of the admin, in development: every component and every block in its states.

The content is made up and never saved, so the page looks the same on every site. The hooks register it only with
`DEBUG`.
"""
