namespace Kinopress.Rtmp;

/// <summary>Who wants to publish what, as the encoder says.</summary>
/// <param name="App">The application of <c>connect</c> without its query and outer slashes; may be empty and may hold the key.</param>
/// <param name="StreamName">The name of <c>publish</c> without its query, trimmed; may be empty.</param>
/// <param name="Query">What followed the name's question mark, or else the application's; null when there was none.</param>
/// <param name="TcUrl">The address the encoder believes it called; null when it did not say.</param>
/// <param name="FlashVersion">How the encoder names itself; null when it did not say.</param>
/// <param name="SpeaksEnhancedRtmp">It offered codecs or capabilities of Enhanced RTMP.</param>
public sealed record RtmpPublishRequest(string App, string StreamName, string? Query, string? TcUrl, string? FlashVersion, bool SpeaksEnhancedRtmp)
{
    /// <summary>The stream key, wherever the person typed it; null when there is none. A secret.</summary>
    public string? StreamKey => RtmpStreamKey.Find(App, StreamName);

    /// <summary>Without the parts that may hold the key.</summary>
    public override string ToString() => $"{nameof(RtmpPublishRequest)} from {FlashVersion ?? "an encoder without a name"}";
}
