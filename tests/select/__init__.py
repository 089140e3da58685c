# noqa: A005 - the room is called select; nothing imports this folder by that name
