using System.Globalization;
using System.Text;

namespace Kinopress.Media.Hls;

/// <summary>The segments of one rendition or sound track (RFC 8216 §4.3.3).</summary>
public sealed record MediaPlaylist
{
    /// <summary>In order.</summary>
    public required IReadOnlyList<MediaSegment> Segments { get; init; }

    /// <summary>True: all there is (VOD). False: segments will be added at the end (EVENT).</summary>
    public required bool IsComplete { get; init; }

    /// <summary>
    /// The target duration is at least this. It must not change while a playlist grows (RFC 8216 §6.2.1), so a growing
    /// one should promise the longest segment that may come.
    /// </summary>
    public TimeSpan MinTargetDuration { get; init; }

    /// <summary>Every segment starts with a keyframe (RFC 8216 §4.3.5.1).</summary>
    public bool HasIndependentSegments { get; init; } = true;

    /// <summary>Whole seconds: no segment's duration, rounded to the nearest, is above it (RFC 8216 §4.3.3.1).</summary>
    public int TargetDurationInSeconds => Segments
        .Select(segment => segment.Duration)
        .Append(MinTargetDuration)
        .Append(TimeSpan.FromSeconds(1))
        .Max(duration => (int)Math.Round(duration.TotalSeconds, MidpointRounding.AwayFromZero));

    public string Write()
    {
        var text = new StringBuilder("#EXTM3U\n#EXT-X-VERSION:7\n");
        text.Append(CultureInfo.InvariantCulture, $"#EXT-X-TARGETDURATION:{TargetDurationInSeconds}\n")
            .Append("#EXT-X-MEDIA-SEQUENCE:0\n")
            .Append(IsComplete ? "#EXT-X-PLAYLIST-TYPE:VOD\n" : "#EXT-X-PLAYLIST-TYPE:EVENT\n")
            .Append(HasIndependentSegments ? "#EXT-X-INDEPENDENT-SEGMENTS\n" : "");
        string? map = null;
        foreach (var segment in Segments)
        {
            if (segment.IsDiscontinuity)
            {
                text.Append("#EXT-X-DISCONTINUITY\n");
            }

            if (segment.MapLocation is { } location && location != map)
            {
                text.Append(CultureInfo.InvariantCulture, $"#EXT-X-MAP:URI=\"{PlaylistText.Location(location)}\"\n");
                map = location;
            }

            text.Append(CultureInfo.InvariantCulture, $"#EXTINF:{PlaylistText.Seconds(segment.Duration)},\n")
                .Append(PlaylistText.Location(segment.Location)).Append('\n');
        }

        return IsComplete ? text.Append("#EXT-X-ENDLIST\n").ToString() : text.ToString();
    }
}
