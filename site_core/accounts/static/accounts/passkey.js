// Makes or uses a passkey when a form with data-passkey ("create" or "get") is sent. Its answer goes into the field
// "credential". Without this script, or in a browser without passkeys, the site says that none was made.
const ceremonies = {
  create: (options) =>
    navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) }),
  get: (options) => navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) }),
};

// On the document, because the admin's own scripts may put other elements in the place of those of the page.
document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches("form[data-passkey]")) return;
  event.preventDefault();
  const failure = form.querySelector("[data-passkey-failure]");
  failure.hidden = true;
  try {
    const { publicKey } = JSON.parse(document.getElementById(form.dataset.passkeyOptions).textContent);
    form.elements.credential.value = JSON.stringify(await ceremonies[form.dataset.passkey](publicKey));
    form.submit();
  } catch {
    failure.hidden = false;
  }
});
