using Kinopress.Media.Live;

namespace Kinopress.Media.Hls;

/// <summary>The lines of a live playlist, in the order RFC 8216bis wants them.</summary>
internal sealed class LivePlaylistLines(LiveWindowOptions options)
{
    private readonly Utf8Lines lines = new();
    private readonly byte[] prefix = System.Text.Encoding.UTF8.GetBytes(PlaylistText.Location(options.Prefix));
    private readonly byte[] constants = Constants(options.Targets);

    /// <summary>What was written since <see cref="Clear"/>.</summary>
    public ReadOnlySpan<byte> Written => lines.Written;

    public void Clear() => lines.Clear();

    public void Add(ReadOnlySpan<byte> written) => lines.Add(written);

    public void Header(long mediaSequence, long discontinuitySequence)
    {
        lines.Add(constants).Add("#EXT-X-MEDIA-SEQUENCE:"u8).Add(mediaSequence);
        lines.Add("\n#EXT-X-DISCONTINUITY-SEQUENCE:"u8).Add(discontinuitySequence).Add("\n"u8);
    }

    public void Map(int initNumber) => lines.Add("#EXT-X-MAP:URI=\""u8).Add(prefix).Add("init-"u8).Add(initNumber).Add(".mp4\"\n"u8);

    public void Skip(int segments) => lines.Add("#EXT-X-SKIP:SKIPPED-SEGMENTS="u8).Add(segments).Add("\n"u8);

    /// <summary>Before the first part of a segment, or its address.</summary>
    /// <param name="initNumber">Null when it is the same as before.</param>
    public void SegmentHead(bool isDiscontinuity, int? initNumber, DateTimeOffset programDateTime)
    {
        lines.Add(isDiscontinuity ? "#EXT-X-DISCONTINUITY\n"u8 : default);
        if (initNumber is { } number)
        {
            Map(number);
        }

        lines.Add("#EXT-X-PROGRAM-DATE-TIME:"u8).Add(programDateTime).Add("\n"u8);
    }

    public void Part(LivePart part)
    {
        lines.Add("#EXT-X-PART:DURATION="u8).Add(part.Duration).Add(",URI=\""u8);
        PartName(part.MediaSequence, part.Index);
        lines.Add(part.IsIndependent ? "\",INDEPENDENT=YES\n"u8 : "\"\n"u8);
    }

    public void SegmentEnd(LiveSegment segment)
    {
        lines.Add(segment.IsGap ? "#EXT-X-GAP\n"u8 : default);
        lines.Add("#EXTINF:"u8).Add(segment.Duration).Add(",\n"u8).Add(prefix).Add(segment.MediaSequence).Add(".m4s\n"u8);
    }

    public void PreloadHint(long mediaSequence, int part)
    {
        lines.Add("#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\""u8);
        PartName(mediaSequence, part);
        lines.Add("\"\n"u8);
    }

    public void Report(RenditionReport report)
    {
        lines.Add("#EXT-X-RENDITION-REPORT:URI=\""u8).Add(System.Text.Encoding.UTF8.GetBytes(PlaylistText.Location(report.Location)));
        lines.Add("\",LAST-MSN="u8).Add(report.LastMediaSequence);
        if (report.LastPart is { } part)
        {
            lines.Add(",LAST-PART="u8).Add(part);
        }

        lines.Add("\n"u8);
    }

    public void End() => lines.Add("#EXT-X-ENDLIST\n"u8);

    private void PartName(long mediaSequence, int part) => lines.Add(prefix).Add(mediaSequence).Add("."u8).Add(part).Add(".m4s"u8);

    private static byte[] Constants(LiveTargets targets)
    {
        var text = new Utf8Lines();
        text.Add("#EXTM3U\n#EXT-X-VERSION:9\n#EXT-X-TARGETDURATION:"u8).Add(targets.TargetDurationInSeconds);
        text.Add("\n#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,CAN-SKIP-UNTIL="u8).Add(targets.CanSkipUntil);
        text.Add(",HOLD-BACK="u8).Add(targets.HoldBack).Add(",PART-HOLD-BACK="u8).Add(targets.PartHoldBack);
        text.Add("\n#EXT-X-PART-INF:PART-TARGET="u8).Add(targets.Part).Add("\n"u8);
        return text.Written.ToArray();
    }
}
