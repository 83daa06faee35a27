// Comfort for applicants; every page works without it.
import { focusErrors, guardForms } from "./busy.js";
import { offerPasskeys } from "./passkeys.js";
import { shrinkPhotos } from "./photos.js";
import { pressMaps } from "./press-map.js";

focusErrors();
guardForms();
offerPasskeys();
shrinkPhotos();
pressMaps();
