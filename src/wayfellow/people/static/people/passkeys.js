// Passkeys: asks the browser for one, puts the answer into the form and sends it. A form says what it wants:
// data-passkey="make" with data-options, "use" with data-options, or "use" with data-ask, the address of the question.
"use strict";

(() => {
  const each = (selector, root, act) => root.querySelectorAll(selector).forEach(act);
  const toBytes = (text) => {
    const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
  };
  const toText = (buffer) => {
    const plain = String.fromCharCode(...new Uint8Array(buffer));
    return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  };
  const known = (list) => (list || []).map((one) => ({ ...one, id: toBytes(one.id) }));

  async function make(wanted) {
    const made = await navigator.credentials.create({ publicKey: {
      ...wanted,
      challenge: toBytes(wanted.challenge),
      user: { ...wanted.user, id: toBytes(wanted.user.id) },
      excludeCredentials: known(wanted.excludeCredentials),
    } });
    return {
      ...common(made),
      response: {
        clientDataJSON: toText(made.response.clientDataJSON),
        attestationObject: toText(made.response.attestationObject),
        transports: made.response.getTransports ? made.response.getTransports() : [],
      },
    };
  }

  async function use(wanted) {
    const shown = await navigator.credentials.get({ publicKey: {
      ...wanted,
      challenge: toBytes(wanted.challenge),
      allowCredentials: known(wanted.allowCredentials),
    } });
    return {
      ...common(shown),
      response: {
        clientDataJSON: toText(shown.response.clientDataJSON),
        authenticatorData: toText(shown.response.authenticatorData),
        signature: toText(shown.response.signature),
        userHandle: shown.response.userHandle ? toText(shown.response.userHandle) : null,
      },
    };
  }

  function common(one) {
    return {
      id: one.id,
      rawId: toText(one.rawId),
      type: one.type,
      clientExtensionResults: one.getClientExtensionResults(),
    };
  }

  async function question(form) {
    if (form.dataset.options) return JSON.parse(form.dataset.options);
    const answer = await fetch(form.dataset.ask, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  }

  async function answer(form) {
    const problem = form.querySelector("[data-passkey-problem]");
    const button = form.querySelector("button");
    problem.hidden = true;
    button.setAttribute("aria-busy", "true");
    try {
      const wanted = (await question(form)).publicKey;
      const found = await (form.dataset.passkey === "make" ? make(wanted) : use(wanted));
      form.elements.credential.value = JSON.stringify(found);
      form.submit();
    } catch (error) {
      const there = error.name === "InvalidStateError";
      problem.querySelector("p").textContent = there ? problem.dataset.there : problem.dataset.stopped;
      problem.hidden = false;
      problem.focus();
    } finally {
      button.removeAttribute("aria-busy");
    }
  }

  document.addEventListener("DOMContentLoaded", () => {
    const works = Boolean(window.PublicKeyCredential && window.isSecureContext);
    each("form[data-passkey]", document, (form) => {
      form.hidden = !works;
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        event.stopPropagation();
        answer(form);
      });
    });
    each("[data-passkey-not]", document, (words) => {
      words.hidden = works;
      if (!works) words.querySelector("p").textContent = words.dataset.cannot;
    });
  });
})();
