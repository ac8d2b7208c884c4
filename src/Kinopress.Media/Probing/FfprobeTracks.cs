using System.Globalization;

namespace Kinopress.Media.Probing;

/// <summary>The playable tracks of a probed file, in product terms.</summary>
internal sealed class FfprobeTracks
{
    private readonly FfprobeFormat? format;

    public FfprobeTracks(FfprobeDocument document)
    {
        format = document.Format;
        var streams = document.Streams ?? [];
        var pictures = streams.Where(stream => stream.CodecType == "video" && !stream.Is("attached_pic")).ToList();
        var sounds = streams.Where(stream => stream.CodecType == "audio").ToList();
        var picture = pictures.Where(IsPlayablePicture).OrderByDescending(stream => stream.Is("default")).FirstOrDefault();

        Audio = [.. sounds.Where(IsPlayableSound).Select(ToAudio)];
        Video = picture is null ? null : ToVideo(picture);
        HasUnplayable = pictures.Count + sounds.Count > 0;
        Duration = FfprobeDocument.Time(format?.Duration) ?? streams.Select(EndOf).Max();
    }

    public VideoTrack? Video { get; }

    public IReadOnlyList<AudioTrack> Audio { get; }

    public bool HasUnplayable { get; }

    /// <summary>Null when neither the file nor a track says.</summary>
    public TimeSpan? Duration { get; }

    private static bool IsPlayablePicture(FfprobeStream stream) =>
        IsKnown(stream) && stream.Width > 0 && stream.Height > 0 && stream.PixFmt is not null and not "none";

    private static bool IsPlayableSound(FfprobeStream stream) =>
        IsKnown(stream) && stream.Channels > 0 && FfprobeDocument.Positive(stream.SampleRate) is < int.MaxValue;

    private static bool IsKnown(FfprobeStream stream) =>
        stream.CodecName is { Length: > 0 } and not "unknown"
        && stream.CodecTagString is not ("encv" or "enca" or "drmi" or "drms");

    private VideoTrack ToVideo(FfprobeStream stream)
    {
        var average = FrameRate(stream.AvgFrameRate) ?? FrameRate(stream.RFrameRate) ?? new Rational(25, 1);
        var nominal = FrameRate(stream.RFrameRate) ?? average;
        var isInterlaced = stream.FieldOrder is "tt" or "bb" or "tb" or "bt";
        return new VideoTrack
        {
            Index = stream.Index,
            Codec = stream.CodecName!, // IsKnown asked
            Profile = stream.Profile,
            Level = stream.Level is > 0 ? stream.Level : null,
            PixelFormat = stream.PixFmt!, // IsPlayablePicture asked
            Width = stream.Width,
            Height = stream.Height,
            Rotation = Rotation(stream),
            SampleAspectRatio = SampleAspect(stream.SampleAspectRatio),
            FrameRate = average,
            IsVariableFrameRate = !isInterlaced && Math.Abs((nominal.Value / average.Value) - 1) > 0.01,
            IsInterlaced = isInterlaced,
            Hdr = stream.ColorTransfer switch
            {
                "arib-std-b67" => HdrKind.Hlg,
                "smpte2084" => HdrKind.Pq,
                _ => HdrKind.None,
            },
            ColorSpace = stream.ColorSpace is null or "unknown" or "reserved" ? null : stream.ColorSpace,
            BitrateInBitsPerSecond = Bitrate(stream) ?? RestOfContainer(),
            EndsAt = EndOf(stream),
        };
    }

    private static AudioTrack ToAudio(FfprobeStream stream) => new()
    {
        Index = stream.Index,
        Codec = stream.CodecName!, // IsKnown asked
        Profile = stream.Profile,
        Channels = stream.Channels,
        SampleRate = (int)(FfprobeDocument.Positive(stream.SampleRate) ?? 48000),
        Language = stream.Tag("language") is { } language && language is not ("und" or "unk" or "mis") ? language : null,
        Title = stream.Tag("title"),
        BitrateInBitsPerSecond = Bitrate(stream),
        IsDefault = stream.Is("default"),
    };

    private static Rational? FrameRate(string? text) =>
        Rational.TryParse(text, out var rate) && rate.Value is > 0 and < 1_000_000 ? rate : null;

    // Files that claim a pixel twenty times as wide as high are broken; a player ignores it too.
    private static Rational SampleAspect(string? text) =>
        Rational.TryParse(text, out var ratio) && ratio.Value is > 0.05 and < 20 ? ratio : new Rational(1, 1);

    private static int Rotation(FfprobeStream stream)
    {
        // The display matrix counts counter-clockwise, the tag of older ffmpeg clockwise.
        var matrix = stream.SideDataList?.FirstOrDefault(data => data.Rotation is not null)?.Rotation;
        var tag = double.TryParse(stream.Tag("rotate"), CultureInfo.InvariantCulture, out var degrees) ? degrees : 0;
        var clockwise = matrix is { } turn ? -turn : tag;
        if (!double.IsFinite(clockwise))
        {
            return 0;
        }

        var quarters = (int)(Math.Round(clockwise / 90) % 4);
        return (quarters + 4) % 4 * 90;
    }

    private static long? Bitrate(FfprobeStream stream) =>
        FfprobeDocument.Positive(stream.BitRate) ?? FfprobeDocument.Positive(stream.Tag("BPS"));

    private long? RestOfContainer()
    {
        var sound = Audio.Sum(track => track.BitrateInBitsPerSecond ?? 0);
        return FfprobeDocument.Positive(format?.BitRate) is { } whole && whole > sound ? whole - sound : null;
    }

    private TimeSpan? EndOf(FfprobeStream stream)
    {
        var duration = FfprobeDocument.Time(stream.Duration) ?? TaggedDuration(stream);
        if (duration is not { } known || known <= TimeSpan.Zero)
        {
            return null;
        }

        var start = FfprobeDocument.Time(stream.StartTime) - FfprobeDocument.Time(format?.StartTime);
        return start is { } late && late > TimeSpan.Zero ? known + late : known;
    }

    // Matroska: 00:01:02.345000000, more digits than TimeSpan reads.
    private static TimeSpan? TaggedDuration(FfprobeStream stream) =>
        stream.Tag("DURATION") is { Length: >= 12 } text
        && TimeSpan.TryParse(text[..12], CultureInfo.InvariantCulture, out var duration) ? duration : null;
}
