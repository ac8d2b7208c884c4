using Kinopress.Browser.Tests.Support;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Chromium))]
[assembly: AssemblyFixture(typeof(FilledSite))]
[assembly: Xunit.v3.Parallelization(MaxThreads = 2)]

namespace Kinopress.Browser.Tests.Support;

/// <summary>
/// The one browser of this assembly: the system's Chromium, whose path <c>KINOPRESS_CHROMIUM</c> may change. Nothing is
/// downloaded.
/// </summary>
public sealed class Chromium : IAsyncLifetime
{
    public const float PatienceInMilliseconds = 20_000; // two loaded processors

    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", "--autoplay-policy=user-gesture-required",
        "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream", // a camera and a microphone, and nobody who is asked
    ];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public IBrowser Browser => _browser ?? throw new InvalidOperationException("The browser has not started.");

    public async ValueTask InitializeAsync()
    {
        Assertions.SetDefaultExpectTimeout(PatienceInMilliseconds);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Environment.GetEnvironmentVariable("KINOPRESS_CHROMIUM") ?? "/usr/bin/chromium",
            Headless = true,
            Args = Arguments,
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }
}
