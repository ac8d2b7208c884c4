namespace Kinopress.Server.Studio.Broadcast;

/// <summary>The page that sends a live from the browser.</summary>
/// <param name="WatchUrl">Absolute.</param>
/// <param name="ChatUrl">Of the chat in a window of its own.</param>
public sealed record BroadcastView(StudioFrame Frame, string PublicId, string Title, string WatchUrl, bool HasChat, string ChatUrl);
