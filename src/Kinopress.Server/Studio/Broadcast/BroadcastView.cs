namespace Kinopress.Server.Studio.Broadcast;

/// <summary>The page that sends a live from the browser.</summary>
/// <param name="AntiforgeryHeader">Name of the request header that carries the antiforgery token for the API.</param>
/// <param name="WatchUrl">Absolute.</param>
public sealed record BroadcastView(StudioFrame Frame, string PublicId, string Title, string AntiforgeryHeader, string WatchUrl);
