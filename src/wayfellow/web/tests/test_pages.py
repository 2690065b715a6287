def test_health_answers(client, db):
    assert client.get("/healthz").content == b"ok\n"


def test_unknown_address_is_a_page(client, db):
    answer = client.get("/nowhere")
    assert answer.status_code == 404
    assert answer.content.count(b"<h1") == 1
