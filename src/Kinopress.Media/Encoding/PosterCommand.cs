using System.Globalization;
using Kinopress.Media.Probing;

namespace Kinopress.Media.Encoding;

/// <summary>Takes one telling frame as JPEG.</summary>
public static class PosterCommand
{
    /// <param name="at">See <see cref="PosterMoment"/>. Past the last frame ffmpeg writes no file and still succeeds.</param>
    /// <param name="maxWidth">The picture is never enlarged.</param>
    /// <param name="video">The probed track, so that HDR and interlaced films look right; null takes them as they are.</param>
    public static IReadOnlyList<string> Arguments(
        string inputPath, TimeSpan at, int maxWidth, string outputPath, VideoTrack? video = null)
    {
        var track = video is null ? "0:V:0" : $"0:{video.Index.ToString(CultureInfo.InvariantCulture)}";
        return
        [
            "-hide_banner", "-nostdin", "-v", "error", "-y",
            .. StillFilters.Threads(video),
            .. FfmpegInput.ArgumentsFrom(at, inputPath),
            "-map", track,
            "-vf", string.Join(',', Filters(maxWidth, video)),
            "-frames:v", "1",
            "-q:v", "3",
            "-map_metadata", "-1",
            "-f", "image2", "-update", "1", "-c:v", "mjpeg",
            outputPath,
        ];
    }

    private static IEnumerable<string> Filters(int maxWidth, VideoTrack? video)
    {
        if (video is { IsInterlaced: true })
        {
            yield return "bwdif=mode=send_frame:deint=all";
        }

        yield return StillFilters.SquarePixels;
        yield return StillFilters.AtMost(maxWidth);
        yield return "thumbnail=n=30"; // it holds all thirty: small ones
        foreach (var filter in video is null ? [] : StillFilters.ToneMapping(video))
        {
            yield return filter;
        }

        yield return StillFilters.FullRange;
    }
}
