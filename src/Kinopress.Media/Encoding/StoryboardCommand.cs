using System.Globalization;
using Kinopress.Media.Probing;

namespace Kinopress.Media.Encoding;

/// <summary>Makes a storyboard's sheet as JPEG.</summary>
public static class StoryboardCommand
{
    /// <summary>Longer films are read by keyframes only; shorter ones may have a single one, and decode in seconds.</summary>
    private static readonly TimeSpan WholeDecode = TimeSpan.FromSeconds(60);

    /// <param name="layout">Made of the same film.</param>
    /// <param name="shown">The part that people may see, in the film's time: what was cut off is black. Null for all of it.</param>
    public static IReadOnlyList<string> Arguments(
        string inputPath, ProbedMedia media, StoryboardLayout layout, (TimeSpan Start, TimeSpan End)? shown, string outputPath)
    {
        var video = media.Video ?? throw new ArgumentException("A film without a picture has no storyboard", nameof(media));
        IReadOnlyList<string> decoding = media.Duration > WholeDecode ? ["-skip_frame", "nokey"] : [];
        return
        [
            "-hide_banner", "-nostdin", "-v", "error", "-y",
            .. decoding,
            .. StillFilters.Threads(video),
            .. FfmpegInput.Arguments(inputPath),
            "-map", $"0:{Text(video.Index)}",
            "-vf", string.Join(',', Filters(video, layout, shown)),
            "-frames:v", "1",
            "-q:v", "5",
            "-map_metadata", "-1",
            "-f", "image2", "-update", "1", "-c:v", "mjpeg",
            outputPath,
        ];
    }

    /// <summary>The same of a film that lies in several files, which may differ in size and encoding.</summary>
    /// <param name="parts">In the order of time.</param>
    /// <param name="layout">Made of the whole film.</param>
    /// <param name="shown">The part that people may see, in the film's time: what was cut off is black. Null for all of it.</param>
    public static IReadOnlyList<string> Arguments(
        IReadOnlyList<StoryboardPart> parts, StoryboardLayout layout, (TimeSpan Start, TimeSpan End)? shown, string outputPath)
    {
        var used = parts.Select(part => (part.Path, Tiles: TilesOf(part, layout))).Where(part => part.Tiles.Count > 0).ToList();
        IReadOnlyList<string> decoding = layout.Interval * layout.TileCount > WholeDecode ? ["-skip_frame", "nokey"] : [];
        var strips = used.Select((part, number) => string.Join(
            ',',
            $"[{Text(number)}:v:0]scale={Text(layout.TileWidth)}:{Text(layout.TileHeight)}:flags=bicubic",
            "setsar=1",
            "format=yuv420p",
            $"fps=fps=1000/{Text((long)layout.Interval.TotalMilliseconds)}:start_time={FfmpegInput.Seconds(part.Tiles.First)}:round=near:eof_action=pass",
            $"tpad=stop_mode=clone:stop={Text(part.Tiles.Count)}",
            $"trim=end_frame={Text(part.Tiles.Count)}",
            $"setpts=PTS-STARTPTS[strip{Text(number)}]"));
        var names = string.Concat(Enumerable.Range(0, used.Count).Select(number => $"[strip{Text(number)}]"));
        var sheet = $"{names}concat=n={Text(used.Count)}:v=1:a=0,{Blackened(layout, shown)}tile={Text(layout.Columns)}x{Text(layout.Rows)},{StillFilters.FullRange}";
        return
        [
            "-hide_banner", "-nostdin", "-v", "error", "-y",
            .. used.SelectMany(part => decoding.Concat(FfmpegInput.Arguments(part.Path))),
            "-filter_complex", string.Join(';', strips.Append(sheet)),
            "-frames:v", "1",
            "-q:v", "5",
            "-map_metadata", "-1",
            "-f", "image2", "-update", "1", "-c:v", "mjpeg",
            outputPath,
        ];
    }

    // The tiles whose moments fall into a part, and where its first one is in the part.
    private static (TimeSpan First, int Count) TilesOf(StoryboardPart part, StoryboardLayout layout)
    {
        var first = (int)Math.Ceiling(part.Start / layout.Interval);
        var end = Math.Min(layout.TileCount, (int)Math.Ceiling((part.Start + part.Duration) / layout.Interval));
        return ((layout.Interval * first) - part.Start, Math.Max(0, end - first));
    }

    private static IEnumerable<string> Filters(VideoTrack video, StoryboardLayout layout, (TimeSpan Start, TimeSpan End)? shown)
    {
        yield return $"scale={Text(layout.TileWidth)}:{Text(layout.TileHeight)}:flags=bicubic,setsar=1";
        foreach (var filter in StillFilters.ToneMapping(video))
        {
            yield return filter;
        }

        yield return $"fps=fps=1000/{Text((long)layout.Interval.TotalMilliseconds)}:start_time=0:round=near:eof_action=pass";

        // Where keyframes run out before the tiles do, the last picture stands for the rest.
        yield return $"tpad=stop_mode=clone:stop={Text(layout.TileCount)}";
        yield return $"trim=end_frame={Text(layout.TileCount)}";
        yield return $"{Blackened(layout, shown)}tile={Text(layout.Columns)}x{Text(layout.Rows)}";
        yield return StillFilters.FullRange;
    }

    // Frames are tiles here, so their number says which moment they show.
    private static string Blackened(StoryboardLayout layout, (TimeSpan Start, TimeSpan End)? shown) => shown is var (start, end)
        ? $"drawbox=t=fill:color=black:enable='lt(n,{Text((long)Math.Ceiling(start / layout.Interval))})+gte(n,{Text((long)Math.Ceiling(end / layout.Interval))})',"
        : "";

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>One file of a film that lies in several.</summary>
/// <param name="Start">In the film's time.</param>
public sealed record StoryboardPart(string Path, TimeSpan Start, TimeSpan Duration);
