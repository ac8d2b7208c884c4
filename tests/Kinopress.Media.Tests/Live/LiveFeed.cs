using System.Globalization;
using Kinopress.Media.Live;

namespace Kinopress.Media.Tests.Live;

/// <summary>Access units as an encoder would send them: the payload of each is unlike any other.</summary>
internal static class LiveFeed
{
    /// <param name="offsets">Composition offsets, used in turn.</param>
    public static IEnumerable<AccessUnit> Video(double rate, int frames, int gop, double start = 0, params int[] offsets) =>
        Enumerable.Range(0, frames).Select(n => Picture(
            (long)Math.Round(start + (n * 1000 / rate)), n % gop == 0, offsets.Length == 0 ? 0 : offsets[n % offsets.Length]));

    public static IEnumerable<AccessUnit> Audio(double seconds, int rate = 48000, double start = 0) =>
        Enumerable.Range(0, (int)(seconds * rate / 1024)).Select(n => Sound((long)Math.Round(start + (n * 1024000.0 / rate))));

    /// <summary>As a good encoder orders both.</summary>
    public static IEnumerable<AccessUnit> Interleave(IEnumerable<AccessUnit> video, IEnumerable<AccessUnit> audio) =>
        video.Concat(audio).OrderBy(unit => unit.DecodeTime);

    public static AccessUnit Picture(long time, bool isKeyframe, int offset = 0) =>
        new(LiveTrack.Video, time, offset, isKeyframe, Payload(isKeyframe ? "key" : "inter", time));

    public static AccessUnit Sound(long time) => new(LiveTrack.Audio, time, 0, true, Payload("sound", time));

    private static byte[] Payload(string kind, long time) =>
        System.Text.Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"<{kind} {time}>"));
}
