using System.Globalization;
using Kinopress.Core.Features.Lives;

namespace Kinopress.Server.Studio.Lives;

/// <summary>How the control room says what arrives. <c>js/live-panel.js</c> says the same while the page is open.</summary>
internal static class LiveWords
{
    public const string Unknown = "–";
    public const string Well = "All is well. What your encoder sends arrives as it should.";
    public const string Measuring = "Your encoder is here. The first seconds are being measured.";
    public const string Away = "Your encoder is gone. Viewers see that you will be back soon; start it again to go on.";

    /// <summary><c>5.9 Mbit/s</c>.</summary>
    public static string Bitrate(LiveHealth health) => string.Create(CultureInfo.InvariantCulture, $"{health.BitrateInBitsPerSecond / 1_000_000.0:0.0} Mbit/s");

    /// <summary><c>29.97</c> as <c>30</c>; what has no picture says so.</summary>
    public static string FrameRate(LiveHealth health) => health.FrameRate > 0 ? health.FrameRate.ToString("0.#", CultureInfo.InvariantCulture) : "Sound only";

    /// <summary><c>2 s</c>.</summary>
    public static string KeyframeInterval(LiveHealth health) => health.KeyframeInterval is { } interval ? interval.TotalSeconds.ToString("0.# 's'", CultureInfo.InvariantCulture) : Unknown;
}
