// The tool for the focal point of a picture tries whether there is a touch screen by writing an event handler into an
// attribute, which the policy of the admin does not allow. Told whether there is one, it does not try.
const { Jcrop } = window.jQuery;
if (Jcrop) Jcrop.defaults.touchSupport = "ontouchstart" in window;
