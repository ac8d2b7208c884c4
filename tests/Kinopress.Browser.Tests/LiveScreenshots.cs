using System.Globalization;
using Kinopress.Browser.Tests.Support;
using Kinopress.Client;
using Kinopress.Core.Features.Lives;
using Kinopress.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using LiveAdvice = Kinopress.Core.Features.Lives.LiveAdvice;
using LiveEdit = Kinopress.Client.LiveEdit;
using LiveHealth = Kinopress.Core.Features.Lives.LiveHealth;

namespace Kinopress.Browser.Tests;

/// <summary>Not a test: pictures of the pages of lives in each of their states. See <see cref="Screenshots"/>.</summary>
public sealed class LiveScreenshots(Chromium chromium)
{
    private static readonly string? Folder = Environment.GetEnvironmentVariable("KINOPRESS_SCREENSHOTS");
    private static readonly string Wanted = Environment.GetEnvironmentVariable("KINOPRESS_SCREENSHOTS_OF") ?? "";

    [Fact]
    public async Task Every_state_at_every_width_in_both_schemes()
    {
        Assert.SkipWhen(Folder is null, "KINOPRESS_SCREENSHOTS is not set.");

        var port = RunningSite.FreePort();
        await using var site = await TestSite.StartAsync(new TestSiteOptions { Configure = options => options.RtmpUrls = string.Create(CultureInfo.InvariantCulture, $"rtmp://127.0.0.1:{port}") });
        await using var visit = await Visit.BeginAsync(chromium, site.Address);
        var session = await visit.SignInAsync(TestPeople.EmailOf("creator"), TestPeople.Password);
        await TakeAsync(site.Address, "/studio/lives", "lives-empty", session);

        var creator = await site.ClientAsync("creator");
        var idle = await MakeAsync("Tuesday band, rehearsal room", visibility: "unlisted");
        var planned = await MakeAsync("The tide comes in at Bray", TimeProvider.System.GetUtcNow().AddHours(30).AddMinutes(4));
        var ended = await MakeAsync("How a camera sees colour, with three lamps, a prism and far too many questions");
        var onAir = await MakeAsync("Live from the basement: Marta and the Tuesday band");
        var away = await MakeAsync("Night tram, line 9");
        await MakeAsync("Members' evening", TimeProvider.System.GetUtcNow().AddDays(9), "internal");
        await site.AddReplayAsync(ended);
        await site.EndLiveAsync((await site.StartLiveAsync(ended)).Id, recording: null, LiveEndReason.EncoderLost);
        using var encoder = Encoder.Start(port, (await creator.Lives.RotateStreamKeyAsync(onAir)).StreamKey ?? "");
        await Eventually.HoldsAsync(async () => (await creator.Lives.GetAsync(onAir)).State == "live", "the encoder is on air");
        foreach (var title in (string[])["Hello", "First song: Harbour lights", "A string breaks"])
        {
            await creator.Lives.AddMarkerAsync(onAir, title);
        }

        var interrupted = await site.StartLiveAsync(away);
        await site.UseAsync((InterruptLiveSession interrupt) => interrupt.RunAsync(interrupted.Id, CancellationToken.None));
        var board = site.Services.GetRequiredService<LiveStatusBoard>();
        board.SetViewers(onAir, 1284);
        board.SetHealth(onAir, new LiveHealth(5_940_000, 29.97, TimeSpan.FromSeconds(8), [new LiveAdvice("keyframes_too_rare", "Your keyframes are 8 s apart: set 2 s, so that people who join see a picture sooner.")]));
        var viewer = await site.ClientAsync("viewer");
        var pinned = await creator.Chat.SendAsync(onAir, "Welcome, everybody. We start with three old ones :heart:");
        foreach (var text in (string[])["Good evening from Cork", "The bass is a little loud", "Harbour lights!", "What was the second song called? I have been looking for it since the summer and nobody could tell me"])
        {
            await viewer.Chat.SendAsync(onAir, text);
            await Task.Delay(TimeSpan.FromSeconds(1)); // nobody writes faster
        }

        await creator.Chat.PinAsync(onAir, pinned.Message.Id);
        var replay = (await creator.Lives.GetAsync(ended)).Replay ?? "";
        await creator.Videos.EditChaptersAsync(replay, [new(0, "Hello"), new(4000, "First song: Harbour lights"), new(9250, "A string breaks, and how one goes on without it until the end of the evening"), new(15_000, "Good night")]);
        await creator.Videos.TrimAsync(replay, startMs: 4000, endMs: 14_000);
        var everywhere = await creator.Destinations.AddAsync(new DestinationEdit { Preset = "youtube", StreamKey = "a" });
        var elsewhere = await creator.Destinations.AddAsync(new DestinationEdit { Live = onAir, Name = "The theatre's own server", Url = "rtmps://ingest.live.example.org/app", StreamKey = "b" });
        (string Name, string Address, bool IsCreator)[] pages =
        [
            ("lives", "/studio/lives", true), ("lives-trash", "/studio/lives?tab=trash", true), ("lives-new", "/studio/lives/new", true), ("lives-idle", $"/studio/lives/{idle}", true),
            ("lives-planned", $"/studio/lives/{planned}", true), ("lives-on-air", $"/studio/lives/{onAir}", true), ("lives-interrupted", $"/studio/lives/{away}", true),
            ("lives-ended", $"/studio/lives/{ended}", true), ("watch-waiting", $"/watch/{planned}", false), ("watch-on-air", $"/watch/{onAir}", false), ("watch-idle", $"/watch/{idle}", false),
            ("watch-ended", $"/watch/{ended}", false), ("watch-replay", $"/watch/{replay}", false), ("embed-waiting", $"/embed/{planned}", false), ("home-on-air", "/", false), ("channel-on-air", "/@creator", false),
            ("site-live", "/live", false), ("chat-studio", $"/studio/lives/{onAir}/chat", true), ("chat-destinations", $"/studio/lives/{onAir}/destinations", true), ("chat-watch", $"/watch/{onAir}", true),
            ("edit-chapters", $"/studio/videos/{replay}", true), ("edit-destinations", $"/studio/lives/{onAir}/destinations", true),
            ("edit-destination-own", $"/studio/lives/{onAir}/destinations/{elsewhere.Id}", true), ("edit-destination", $"/studio/lives/{onAir}/destinations/{everywhere.Id}", true), ("chat-popout", $"/chat/{onAir}", false), ("chat-overlay", $"/chat/{onAir}/overlay", false),
        ];
        foreach (var (name, address, isCreator) in pages)
        {
            await TakeAsync(site.Address, address, name, isCreator ? session : null);
        }

        await TakeNewKeyAsync(site.Address, idle, session);
        await TakeRefusedAsync(site.Address, $"/studio/videos/{replay}", "Save chapters", "edit-chapters-refused", session, page => page.GetByLabel("One chapter a line").FillAsync("0:00 Hello\nsoon First song\n0:75 Harbour lights"));
        await TakeRefusedAsync(site.Address, $"/studio/lives/{onAir}/destinations/{elsewhere.Id}", "Save", "edit-destination-refused", session, page => page.GetByLabel("Server").FillAsync("http://example.org"));

        async Task<string> MakeAsync(string title, DateTimeOffset? at = null, string visibility = "public") =>
            (await creator.Lives.CreateAsync(new LiveEdit { Title = title, ScheduledAt = at?.ToString("O"), Visibility = visibility, Description = "Five songs, one take." })).PublicId;
    }

    private async Task TakeNewKeyAsync(Uri site, string live, string session)
    {
        await using var visit = await Visit.BeginAsync(chromium, site, new VisitOptions { Width = 1440, Height = 900, Session = session });
        await visit.Page.GotoAsync($"/studio/lives/{live}");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "New key" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "New key" }).ClickAsync();
        await visit.Page.GetByLabel("Stream key").WaitForAsync();
        await ShootAsync(visit, "lives-key-1440-light");
    }

    private async Task TakeRefusedAsync(Uri site, string address, string button, string name, string session, Func<IPage, Task> type)
    {
        if (!name.Contains(Wanted, StringComparison.Ordinal))
        {
            return;
        }

        foreach (var (width, isDark) in (IEnumerable<(int, bool)>)[(360, false), (1440, true)])
        {
            await using var visit = await Visit.BeginAsync(chromium, site, new VisitOptions { Width = width, Height = width == 360 ? 740 : 900, IsDark = isDark, Session = session });
            await visit.Page.GotoAsync(address);
            await type(visit.Page);
            await visit.Page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();
            await visit.Page.Locator(".error-summary").WaitForAsync();
            await ShootAsync(visit, $"{name}-{width}-{(isDark ? "dark" : "light")}");
        }
    }

    private async Task TakeAsync(Uri site, string address, string name, string? session)
    {
        if (!name.Contains(Wanted, StringComparison.Ordinal))
        {
            return;
        }

        foreach (var (width, isDark) in (IEnumerable<(int, bool)>)[(360, false), (768, true), (1440, false), (360, true), (768, false), (1440, true)])
        {
            await using var visit = await Visit.BeginAsync(chromium, site, new VisitOptions { Width = width, Height = width == 360 ? 740 : 900, IsDark = isDark, Session = session });
            await visit.Page.GotoAsync(address, new PageGotoOptions { WaitUntil = WaitUntilState.Load });
            if (name == "lives-on-air")
            {
                await Player.WaitForTimeAsync(visit.Page, 1);
                await visit.Page.WaitForFunctionAsync("() => document.querySelector('.spark-line')?.getAttribute('d')?.split('L').length > 3");
            }

            await ShootAsync(visit, $"{name}-{width}-{(isDark ? "dark" : "light")}");
        }
    }

    private static async Task ShootAsync(Visit visit, string name) => await visit.Page.ScreenshotAsync(new PageScreenshotOptions
    {
        Path = Path.Combine(Directory.CreateDirectory(Folder ?? ".").FullName, $"{name}.png"),
        FullPage = true,
        Animations = ScreenshotAnimations.Disabled,
    });
}
