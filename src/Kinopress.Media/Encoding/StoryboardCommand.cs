using System.Globalization;
using Kinopress.Media.Probing;

namespace Kinopress.Media.Encoding;

/// <summary>Makes a storyboard's sheet as JPEG.</summary>
public static class StoryboardCommand
{
    /// <summary>Longer films are read by keyframes only; shorter ones may have a single one, and decode in seconds.</summary>
    private static readonly TimeSpan WholeDecode = TimeSpan.FromSeconds(60);

    /// <param name="layout">Made of the same film.</param>
    public static IReadOnlyList<string> Arguments(
        string inputPath, ProbedMedia media, StoryboardLayout layout, string outputPath)
    {
        var video = media.Video ?? throw new ArgumentException("A film without a picture has no storyboard", nameof(media));
        IReadOnlyList<string> decoding = media.Duration > WholeDecode ? ["-skip_frame", "nokey"] : [];
        return
        [
            "-hide_banner", "-nostdin", "-v", "error", "-y",
            .. decoding,
            .. FfmpegInput.Arguments(inputPath),
            "-map", $"0:{Text(video.Index)}",
            "-vf", string.Join(',', Filters(video, layout)),
            "-frames:v", "1",
            "-q:v", "5",
            "-map_metadata", "-1",
            "-f", "image2", "-update", "1", "-c:v", "mjpeg",
            outputPath,
        ];
    }

    private static IEnumerable<string> Filters(VideoTrack video, StoryboardLayout layout)
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
        yield return $"tile={Text(layout.Columns)}x{Text(layout.Rows)}";
        yield return StillFilters.FullRange;
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
