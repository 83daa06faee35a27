// The scanner's camera and its reader of codes, for pages that load them when they are asked to.
export { Camera } from "../../../scanner/camera.js";
export { FrameReader, prepareReader } from "../../../scanner/reader.js";
