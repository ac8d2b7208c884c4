namespace Kinopress.Server.Playback;

/// <summary>How long an answer about a live may be kept: by everybody, or by the one browser its address is signed for.</summary>
internal sealed class LiveCaching
{
    private readonly string _shared;
    private readonly string _private;

    private LiveCaching(string rule) => (_shared, _private) = ($"public, {rule}", $"private, {rule}");

    /// <summary>Addresses that hold the session's name and a number: what they serve never changes.</summary>
    public static LiveCaching Forever { get; } = new("max-age=31536000, immutable");

    /// <summary>A player's question for a part that was to come is asked once, and its answer may be shared for a while (RFC 8216bis appendix B).</summary>
    public static LiveCaching Blocking { get; } = new("max-age=24");

    public static LiveCaching AskAgain { get; } = new("no-cache");

    /// <summary>Thumbnails are renewed every twenty seconds; a page that shows one twice asks once.</summary>
    public static LiveCaching Thumbnail { get; } = new("max-age=10");

    /// <summary>The header for an address with this token.</summary>
    public string For(string token) => MediaRequest.IsPublic(token) ? _shared : _private;
}
