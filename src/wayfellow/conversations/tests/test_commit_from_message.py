"""A commitment from a letter, with a way back to it."""

from wayfellow.conversations.actions import delete_message, send_message
from wayfellow.goals.models import Commitment


def test_it_stands_in_the_list_with_a_link_to_its_letter(pair, ines, amara, leif, client_for):
    letter = send_message(ines, pair, text="Bring version two on Thursday.")
    url = f"/o/larkmoor/relationships/{pair.pk}/conversation/{letter.pk}/"
    client = client_for(amara)
    assert "Make a commitment of it" in client.get(url).content.decode()
    answer = client.post(f"{url}commit", {"commit-what": "Bring version two", "commit-owner": str(amara.pk)})
    assert answer.status_code == 302
    made = Commitment.objects.get()
    assert (made.owner, made.about_type, made.about_id) == (amara, "conversations.Message", letter.pk)
    assert url in client.get(f"/o/larkmoor/relationships/{pair.pk}/commitments/").content.decode()
    assert client.post(f"{url}commit", {"commit-what": "", "commit-owner": str(amara.pk)}).status_code == 422
    assert client_for(leif).post(f"{url}commit", {"commit-what": "x"}).status_code == 404
    delete_message(ines, letter)
    assert "Make a commitment of it" not in client.get(url).content.decode()
