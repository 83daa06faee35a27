// A number said digit by digit. All ten sounds are asked for, from 0 to 9, whatever the number is,
// so that neither an address nor the order of the addresses tells any of its digits.
const BREATH = 450;
const GROUP = 4;

/** The ten sounds, always in the same order; each is kept in the page and nowhere else. */
export async function loadDigits(addresses, ask = fetch) {
  const sounds = [];
  for (const address of addresses) {
    const reply = await ask(address, { cache: "no-store", credentials: "omit" });
    if (!reply.ok) throw new Error("a sound is missing");
    sounds.push(await reply.blob());
  }
  return sounds;
}

/** What is played: places of sounds, and null for a breath between two groups. */
export function saying(number) {
  const digits = [...number].filter((letter) => letter >= "0" && letter <= "9").map(Number);
  return digits.flatMap((digit, at) => (at && at % GROUP === 0 ? [null, digit] : [digit]));
}

function played(sound) {
  return new Promise((done, failed) => {
    const address = URL.createObjectURL(sound);
    const player = new Audio(address);
    const end = (then) => () => {
      URL.revokeObjectURL(address);
      then();
    };
    player.addEventListener("ended", end(done));
    player.addEventListener("error", end(failed));
    player.play().catch(failed);
  });
}

async function say(number, sounds) {
  for (const one of saying(number)) {
    if (one === null) await new Promise((done) => setTimeout(done, BREATH));
    else await played(sounds[one]);
  }
}

/** Each button that says a number; without this program it stays hidden. */
export function sayNumbersOf(root = document) {
  for (const button of root.querySelectorAll("[data-say]")) {
    let loading;
    let busy = false;
    button.hidden = false;
    button.addEventListener("click", async () => {
      if (busy) return;
      busy = true;
      try {
        loading ??= loadDigits(button.dataset.sounds.split(" "));
        await say(button.dataset.say, await loading);
      } catch {
        loading = undefined; // the network was away: another press asks for all ten again
      } finally {
        busy = false;
      }
    });
  }
}
