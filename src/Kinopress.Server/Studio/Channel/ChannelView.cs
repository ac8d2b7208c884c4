namespace Kinopress.Server.Studio.Channel;

/// <summary>The channel somebody publishes in, as it stands or as it was posted.</summary>
/// <param name="Saved">Its handle as it is kept; null for somebody without a channel.</param>
/// <param name="Address">Absolute, up to the handle.</param>
/// <param name="Errors">Field name to what is wrong; the empty key for what belongs to no field.</param>
public sealed record ChannelView(
    StudioFrame Frame, string? Saved, string Address, string Name, string Handle, string Description, IReadOnlyDictionary<string, string> Errors);
