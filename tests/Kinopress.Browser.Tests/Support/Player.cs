using Microsoft.Playwright;

namespace Kinopress.Browser.Tests.Support;

/// <summary>What a player on a page is doing.</summary>
internal static class Player
{
    public static async Task WaitForTimeAsync(IFrame frame, double seconds) =>
        await frame.WaitForFunctionAsync("(seconds) => { const v = document.querySelector('video'); return v && v.currentTime > seconds && v.videoWidth > 0; }", seconds);

    public static Task WaitForTimeAsync(IPage page, double seconds) => WaitForTimeAsync(page.MainFrame, seconds);

    public static Task PressPlayAsync(IPage page) => page.Locator("media-play-button.kp-big-play").ClickAsync();

    /// <returns>Heights in pixels, as the quality menu lists them.</returns>
    public static Task<int[]> HeightsAsync(IPage page) =>
        page.EvaluateAsync<int[]>("() => [...document.querySelector('kinopress-player').renditions].map((rendition) => rendition.height)");
}
