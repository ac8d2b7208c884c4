using Kinopress.Server.Host.Security;

namespace Kinopress.Server.Chat;

/// <summary>Connections of the chat: each costs about a socket and thirty kilobytes.</summary>
internal sealed class ChatPlaces() : NetworkPlaces(max: 20_000, maxOfNetwork: 1000, isProxyFree: true);
