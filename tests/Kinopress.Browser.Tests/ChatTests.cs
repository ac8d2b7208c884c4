using Kinopress.Browser.Tests.Support;
using Kinopress.Client;
using Kinopress.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Kinopress.Browser.Tests;

public sealed class ChatTests(Chromium chromium)
{
    [Fact]
    public async Task Two_people_talk_and_one_is_asked_to_pause_by_keyboard_alone()
    {
        await using var site = await TestSite.StartAsync();
        var live = (await (await site.ClientAsync("creator")).Lives.CreateAsync(new LiveEdit { Title = "Evening show" })).PublicId;
        await using var creator = await ComeInAsync(site, live, "creator");
        await using var viewer = await ComeInAsync(site, live, "viewer");
        await using var overlay = await Visit.BeginAsync(chromium, site.Address);
        await overlay.Page.GotoAsync($"/chat/{live}/overlay?size=large");

        await SayAsync(viewer.Page, "Good evening <b>all</b> :heart:");
        await Expect(Message(creator.Page, "Good evening <b>all</b> ❤️")).ToBeVisibleAsync();
        await Expect(Message(overlay.Page, "Good evening <b>all</b> ❤️")).ToBeVisibleAsync();
        await SayAsync(creator.Page, "Welcome, @Test viewer");
        await Expect(viewer.Page.Locator(".chat__message--mention")).ToContainTextAsync("Welcome");

        await viewer.Page.GetByLabel("Say something").FillAsync("What did");
        await creator.Page.GetByLabel("Moderate Test viewer").FocusAsync();
        await creator.Page.Keyboard.PressAsync("Enter");
        await creator.Page.GetByRole(AriaRole.Button, new() { Name = "Time out for 10 minutes" }).FocusAsync();
        await creator.Page.Keyboard.PressAsync("Enter");
        await Expect(creator.Page.Locator("kinopress-chat")).ToContainTextAsync("Test viewer may not write for 10 minutes.");
        await Expect(viewer.Page.Locator(".chat__composer").GetByRole(AriaRole.Status)).ToContainTextAsync(Pattern.Of("A moderator asked you to pause. You may write again (at|on) .*\\d:\\d\\d"));
        await Expect(viewer.Page.GetByLabel("Say something")).ToHaveCountAsync(0);
        await creator.Page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Expect(creator.Page.Locator("kinopress-chat")).ToContainTextAsync("Test viewer may write again.");

        await Expect(viewer.Page.GetByLabel("Say something")).ToHaveValueAsync("What did");
        Assert.Empty(creator.Complaints.Concat(viewer.Complaints).Concat(overlay.Complaints));
    }

    [Fact]
    public async Task What_a_moderator_deletes_leaves_a_mark_and_what_is_pinned_stays_on_top()
    {
        await using var site = await TestSite.StartAsync();
        var live = (await (await site.ClientAsync("creator")).Lives.CreateAsync(new LiveEdit { Title = "Evening show" })).PublicId;
        var chat = (await site.ClientAsync("creator")).Chat;
        var first = await chat.SendAsync(live, "first");
        await using var stranger = await Visit.BeginAsync(chromium, site.Address);
        await stranger.Page.GotoAsync($"/chat/{live}");
        await Expect(Message(stranger.Page, "first")).ToBeVisibleAsync();

        await chat.PinAsync(live, first.Message.Id);
        await Expect(stranger.Page.Locator(".chat__pinned")).ToContainTextAsync("first");
        await chat.DeleteAsync(live, first.Message.Id);

        await Expect(stranger.Page.Locator(".chat__message--deleted")).ToHaveTextAsync("Message removed");
        await Expect(stranger.Page.Locator(".chat__pinned")).ToBeHiddenAsync();
        await Expect(stranger.Page.GetByRole(AriaRole.Link, new() { Name = "Sign in to chat" })).ToBeVisibleAsync();
        Assert.Empty(stranger.Complaints);
    }

    [Fact]
    public async Task An_earlier_broadcast_stands_apart()
    {
        await using var site = await TestSite.StartAsync();
        var live = (await (await site.ClientAsync("creator")).Lives.CreateAsync(new LiveEdit { Title = "Evening show" })).PublicId;
        var chat = (await site.ClientAsync("creator")).Chat;
        var session = await site.StartLiveAsync(live);
        await chat.SendAsync(live, "That was lovely");
        await site.EndLiveAsync(session.Id, recording: null);
        await site.StartLiveAsync(live);
        await using var stranger = await Visit.BeginAsync(chromium, site.Address);
        await stranger.Page.GotoAsync($"/chat/{live}");
        await Expect(Message(stranger.Page, "That was lovely")).ToBeVisibleAsync();
        await chat.SendAsync(live, "Welcome back");
        await Expect(Message(stranger.Page, "Welcome back")).ToBeVisibleAsync();

        var lines = await stranger.Page.Locator(".chat__log > li").AllInnerTextsAsync();

        Assert.Equal(4, lines.Count);
        Assert.StartsWith("Earlier broadcast, ", lines[0], StringComparison.Ordinal);
        Assert.Contains("That was lovely", lines[1], StringComparison.Ordinal);
        Assert.Equal("This broadcast", lines[2]);
        Assert.Contains("Welcome back", lines[3], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Somebody_without_an_account_makes_one_and_is_back_in_the_chat()
    {
        await using var site = await TestSite.StartAsync();
        await (await site.ClientAsync("owner")).Site.EditAsync(new SiteEdit { RegistrationOpen = true });
        var live = (await (await site.ClientAsync("creator")).Lives.CreateAsync(new LiveEdit { Title = "Evening show" })).PublicId;
        await using var visit = await Visit.BeginAsync(chromium, site.Address);
        await visit.Page.GotoAsync($"/watch/{live}");

        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Sign in to chat" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Create an account" }).ClickAsync();
        await visit.Page.GetByLabel("Name").FillAsync("Nina");
        await visit.Page.GetByLabel("Email").FillAsync("nina@example.org");
        await visit.Page.GetByLabel("Password").FillAsync("a password of hers");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Create account" }).ClickAsync();

        await visit.Page.WaitForURLAsync($"**/watch/{live}");
        await Expect(visit.Page.GetByLabel("Say something")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task On_a_phone_picture_and_chat_fit_together_and_the_words_are_below()
    {
        await using var site = await TestSite.StartAsync();
        var live = (await (await site.ClientAsync("creator")).Lives.CreateAsync(new LiveEdit { Title = "Evening show", Description = "Five songs." })).PublicId;
        await using var visit = await Visit.BeginAsync(chromium, site.Address, new VisitOptions { Width = 360, Height = 740 });
        await visit.SignInAsync(TestPeople.EmailOf("viewer"), TestPeople.Password);

        await visit.Page.GotoAsync($"/watch/{live}");
        await Expect(visit.Page.GetByLabel("Say something")).ToBeInViewportAsync(new() { Ratio = 1 });
        await Expect(visit.Page.Locator(".stage")).ToBeInViewportAsync(new() { Ratio = 1 });
        await visit.Page.GetByText("Five songs.").ScrollIntoViewIfNeededAsync();

        await Expect(visit.Page.Locator(".stage")).ToBeInViewportAsync(new() { Ratio = 1 });
        await Expect(visit.Page.GetByText("Five songs.")).ToBeInViewportAsync();
        await visit.Page.SetViewportSizeAsync(360, 420); // what a keyboard leaves
        await visit.Page.GetByLabel("Say something").FocusAsync();
        await Expect(visit.Page.GetByLabel("Say something")).ToBeInViewportAsync(new() { Ratio = 1 });
    }

    [Fact]
    public async Task Without_scripts_the_last_messages_and_a_form_are_there()
    {
        await using var site = await TestSite.StartAsync();
        var live = (await (await site.ClientAsync("creator")).Lives.CreateAsync(new LiveEdit { Title = "Evening show" })).PublicId;
        await using var visit = await Visit.BeginAsync(chromium, site.Address, new VisitOptions { HasScript = false, Width = 360 });
        await visit.SignInAsync(TestPeople.EmailOf("viewer"), TestPeople.Password);
        await visit.Page.GotoAsync($"/chat/{live}");

        await visit.Page.GetByLabel("Say something").FillAsync("plain words");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();

        await Expect(visit.Page.Locator(".chat__plain li")).ToHaveTextAsync("Test viewer plain words");
        await visit.Page.GetByLabel("Say something").FillAsync("see https://example.org");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Links are not allowed");
    }

    private async Task<Visit> ComeInAsync(TestSite site, string live, string person)
    {
        var visit = await Visit.BeginAsync(chromium, site.Address);
        await visit.SignInAsync(TestPeople.EmailOf(person), TestPeople.Password);
        await visit.Page.GotoAsync($"/watch/{live}");
        await Expect(visit.Page.GetByLabel("Say something")).ToBeVisibleAsync();
        return visit;
    }

    private static async Task SayAsync(IPage page, string text)
    {
        await page.GetByLabel("Say something").FocusAsync();
        await page.Keyboard.TypeAsync(text);
        await page.Keyboard.PressAsync("Enter");
    }

    private static ILocator Message(IPage page, string text) => page.Locator(".chat__message .chat__text", new() { HasTextString = text });
}
