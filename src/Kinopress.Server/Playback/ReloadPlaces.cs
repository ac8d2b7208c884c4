using Kinopress.Server.Host.Security;

namespace Kinopress.Server.Playback;

/// <summary>Requests that wait for what a live will be: a player holds one or two. Beyond it they are told to come again.</summary>
internal sealed class ReloadPlaces() : NetworkPlaces(max: 40_000, maxOfNetwork: 4000, isProxyFree: true);
