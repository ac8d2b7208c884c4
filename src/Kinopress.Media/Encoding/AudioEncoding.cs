using System.Globalization;
using Kinopress.Media.Planning;
using Kinopress.Media.Probing;

namespace Kinopress.Media.Encoding;

/// <summary>AAC LC by ffmpeg's own encoder, and the copy of tracks that browsers play already.</summary>
internal static class AudioEncoding
{
    // What an encoder puts before the first sample (priming) has negative time, which tfdt cannot hold.
    private const string DropPriming = "noise=drop=lt(pts\\,0)";

    // ITU-R BS.775 without its attenuation, which makes films too quiet; the limiter catches the rare overshoot.
    private const string LoudStereo = "aresample=ocl=stereo:rematrix_maxval=0:osf=fltp,alimiter=level=0:limit=0.95:latency=1";

    public static IEnumerable<string> Arguments(PlannedAudio audio, ProbedMedia media, TimeSpan segmentDuration, string path)
    {
        var source = media.Audio.First(track => track.Index == audio.TrackIndex);
        var sampleRate = (source.SampleRate is 44100 or 48000 ? source.SampleRate : 48000).ToString(CultureInfo.InvariantCulture);

        // Fills gaps with silence and starts with the film, so that sound and picture stay together.
        var filters = $"aresample={sampleRate}:async=1:first_pts=0:osf=fltp";
        return
        [
            "-map", $"0:{audio.TrackIndex}",
            "-af", source.Channels > 2 && audio.Channels == 2 ? $"{filters},{LoudStereo}" : filters,
            "-c:a", "aac",
            "-b:a", audio.BitrateInBitsPerSecond.ToString(CultureInfo.InvariantCulture),
            "-ar", sampleRate,
            "-ac", audio.Channels.ToString(CultureInfo.InvariantCulture),
            "-bsf:a", DropPriming,
            .. FragmentedOutput.Sound(segmentDuration / 2, path),
        ];
    }

    public static IEnumerable<string> CopyArguments(PlannedAudio audio, TimeSpan segmentDuration, string path) =>
    [
        "-map", $"0:{audio.TrackIndex}",
        "-c", "copy",
        "-bsf:a", DropPriming,
        .. FragmentedOutput.Sound(segmentDuration / 2, path),
    ];
}
