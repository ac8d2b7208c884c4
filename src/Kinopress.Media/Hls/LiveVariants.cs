using Kinopress.Media.Live;

namespace Kinopress.Media.Hls;

/// <summary>The multivariant playlist of a live stream: sound is within each rendition.</summary>
public static class LiveVariants
{
    /// <param name="location">Of the rendition's playlist.</param>
    /// <param name="peakBitrate">In bits per second, with sound; measured or, before anything was, promised.</param>
    /// <param name="framesPerSecond">Null leaves to the stream's own word, or to nothing.</param>
    public static VariantStream Describe(string location, LiveTracks tracks, int peakBitrate, double? framesPerSecond) => new()
    {
        Location = location,
        Width = tracks.Video?.Width,
        Height = tracks.Video?.Height,
        FrameRate = tracks.Video is { } video ? framesPerSecond ?? video.FrameRate?.Value : null,
        BandwidthInBitsPerSecond = peakBitrate,
        Codecs = tracks.Codecs,
    };

    /// <param name="variants">Players start with the first they can play.</param>
    public static MultivariantPlaylist Playlist(params IReadOnlyList<VariantStream> variants) =>
        new() { Variants = variants, Audio = [], HasIndependentSegments = false };
}
