using Kinopress.Browser.Tests.Support;
using Kinopress.Client;
using Kinopress.Testing;
using Microsoft.Playwright;

namespace Kinopress.Browser.Tests;

/// <summary>Not a test: pictures of a site's own emotes, where they are made and where they are seen. See <see cref="Screenshots"/>.</summary>
public sealed class EmoteScreenshots(Chromium chromium)
{
    private const string Page = "/studio/chat/emotes";

    private static readonly string? Folder = Environment.GetEnvironmentVariable("KINOPRESS_SCREENSHOTS");
    private static readonly string Wanted = Environment.GetEnvironmentVariable("KINOPRESS_SCREENSHOTS_OF") ?? "";

    [Fact]
    public async Task Every_place_at_every_width_in_both_schemes()
    {
        Assert.SkipWhen(Folder is null, "KINOPRESS_SCREENSHOTS is not set.");

        await using var site = await TestSite.StartAsync(new TestSiteOptions { Processes = null });
        await using var visit = await Visit.BeginAsync(chromium, site.Address);
        var session = await visit.SignInAsync(TestPeople.EmailOf("owner"), TestPeople.Password);
        var (owner, viewer) = (await site.ClientAsync("owner"), await site.ClientAsync("viewer"));
        var live = (await owner.Lives.CreateAsync(new LiveEdit { Title = "Live from the basement" })).PublicId;
        await TakeAsync(site.Address, $"{Page}?live={live}", "emotes-empty", session);
        await AddAsync(owner.Chat, "marta_wave", "-f lavfi -i testsrc2=s=64x64:r=10 -t 1", "emote-moves.gif");
        await AddAsync(owner.Chat, "half", "-f lavfi -i color=red@0.5:s=300x200,format=rgba -frames:v 1", "emote-half.png");
        foreach (var (name, colour) in (IEnumerable<(string, string)>)[("basement", "teal"), ("encore", "orange"), ("second_song_please_ok", "purple"), ("Bass", "green"), ("x9", "gray")])
        {
            await AddAsync(owner.Chat, name[..Math.Min(20, name.Length)], $"-f lavfi -i gradients=s=128x128:c0={colour}:c1=white:x0=0:y0=0:x1=128:y1=128,format=rgba -frames:v 1", $"emote-{colour}.png");
        }

        var pinned = await owner.Chat.SendAsync(live, "Welcome :basement: We start with three old ones :heart:");
        await owner.Chat.PinAsync(live, pinned.Message.Id);
        foreach (var text in (string[])["Good evening from Cork :marta_wave:", ":encore::encore::encore:", "The bass :bass: is a little loud, or is it only me, in my small kitchen with the :half: open window?", ":nobody: knows 😄"])
        {
            await viewer.Chat.SendAsync(live, text);
            await Task.Delay(TimeSpan.FromSeconds(1)); // nobody writes faster
        }

        await TakeAsync(site.Address, Page, "emotes-list", session);
        await TakeAsync(site.Address, $"{Page}?live={live}", "emotes-refused", session, async page =>
        {
            await page.GetByLabel("Name", new() { Exact = true }).FillAsync("heart");
            await page.GetByLabel("Picture").SetInputFilesAsync(await SampleFilms.MakeAsync("emote-half.png", "-f lavfi -i color=red@0.5:s=300x200,format=rgba -frames:v 1"));
            await page.GetByRole(AriaRole.Button, new() { Name = "Add emote" }).ClickAsync();
            await page.Locator(".error-summary").WaitForAsync();
        });
        await TakeAsync(site.Address, $"/chat/{live}", "emotes-picker", session, OpenPickerAsync);
        await TakeAsync(site.Address, $"/watch/{live}", "emotes-watch", session, OpenPickerAsync);
        await TakeAsync(site.Address, $"/studio/lives/{live}", "emotes-room", session);
        await TakeAsync(site.Address, $"/studio/lives/{live}/chat", "emotes-chat-page", session);
        await TakeAsync(site.Address, $"/chat/{live}/overlay?size=large", "emotes-overlay", session: null);
    }

    private static Task OpenPickerAsync(IPage page) => page.Locator(".chat__picker summary").ClickAsync();

    private static async Task AddAsync(ChatClient chat, string name, string options, string file)
    {
        await using var picture = File.OpenRead(await SampleFilms.MakeAsync(file, options));
        await chat.AddEmoteAsync(name, picture);
    }

    private async Task TakeAsync(Uri site, string address, string name, string? session, Func<IPage, Task>? prepare = null)
    {
        if (!name.Contains(Wanted, StringComparison.Ordinal))
        {
            return;
        }

        foreach (var (width, isDark) in (IEnumerable<(int, bool)>)[(360, false), (360, true), (768, false), (768, true), (1440, false), (1440, true)])
        {
            await using var visit = await Visit.BeginAsync(chromium, site, new VisitOptions { Width = width, Height = width == 360 ? 740 : 900, IsDark = isDark, Session = session });
            await visit.Page.GotoAsync(address, new PageGotoOptions { WaitUntil = WaitUntilState.Load });
            if (address.Contains("/chat/", StringComparison.Ordinal) && !address.StartsWith("/studio", StringComparison.Ordinal))
            {
                await visit.Page.Locator(".chat__text img").First.WaitForAsync();
            }

            await (prepare?.Invoke(visit.Page) ?? Task.CompletedTask);
            await visit.Page.ScreenshotAsync(new PageScreenshotOptions
            {
                Path = Path.Combine(Directory.CreateDirectory(Folder ?? ".").FullName, $"{name}-{width}-{(isDark ? "dark" : "light")}.png"),
                FullPage = true,
                Animations = ScreenshotAnimations.Disabled,
            });
        }
    }
}
