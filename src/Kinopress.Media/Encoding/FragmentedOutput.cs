using System.Globalization;

namespace Kinopress.Media.Encoding;

/// <summary>
/// How ffmpeg writes fragmented MP4. <c>frag_discont</c> keeps source time in <c>tfdt</c>; without it every chunk would
/// start at zero. Metadata is dropped: phones put places into it.
/// </summary>
internal static class FragmentedOutput
{
    private const string Flags = "+empty_moov+default_base_moof+cmaf+frag_discont";

    /// <summary>A fragment for every keyframe.</summary>
    public static IEnumerable<string> Picture(string path) =>
        [.. Common, "-video_track_timescale", "90000", "-movflags", $"{Flags}+frag_keyframe", "-f", "mp4", path];

    /// <summary>Every sound sample is a keyframe, so fragments are cut by time.</summary>
    public static IEnumerable<string> Sound(TimeSpan fragmentDuration, string path)
    {
        var microseconds = ((long)fragmentDuration.TotalMicroseconds).ToString(CultureInfo.InvariantCulture);
        return [.. Common, "-movflags", Flags, "-frag_duration", microseconds, "-f", "mp4", path];
    }

    private static IEnumerable<string> Common =>
        ["-map_metadata", "-1", "-map_metadata:s", "-1", "-map_chapters", "-1", "-avoid_negative_ts", "disabled"];
}
