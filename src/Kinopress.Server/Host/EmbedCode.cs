using System.Globalization;
using System.Net;
using Kinopress.Core.Features.Videos;

namespace Kinopress.Server.Host;

/// <summary>The HTML that shows a video on another page, in its shape and with its name.</summary>
internal static class EmbedCode
{
    private const int LongSide = 640;
    private const double UsualAspectRatio = 16.0 / 9;

    /// <param name="address">Absolute, of the embed page.</param>
    public static string For(VideoView video, string address)
    {
        var ratio = video.AspectRatio ?? UsualAspectRatio;
        var (width, height) = ratio < 1 ? ((int)Math.Round(LongSide * ratio), LongSide) : (LongSide, (int)Math.Round(LongSide / ratio));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"<iframe src=\"{WebUtility.HtmlEncode(address)}\" width=\"{width}\" height=\"{height}\" title=\"{WebUtility.HtmlEncode(video.Title)}\" allow=\"fullscreen; picture-in-picture\" allowfullscreen></iframe>");
    }
}
