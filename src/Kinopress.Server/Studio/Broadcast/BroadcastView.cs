namespace Kinopress.Server.Studio.Broadcast;

/// <summary>The page that sends a live from the browser.</summary>
/// <param name="WatchUrl">Absolute.</param>
public sealed record BroadcastView(StudioFrame Frame, string PublicId, string Title, string WatchUrl);
