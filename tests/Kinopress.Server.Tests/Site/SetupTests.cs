using System.Net;
using Kinopress.Core.Data;
using Kinopress.Testing;
using Microsoft.EntityFrameworkCore;

namespace Kinopress.Server.Tests.Site;

public sealed class SetupTests
{
    private static readonly (string, string)[] Answers =
        [("siteName", "My Films"), ("ownerName", "Olga"), ("email", "olga@example.org"), ("password", "a password of hers")];

    [Theory]
    [InlineData("/")]
    [InlineData("/login")]
    [InlineData("/watch/11111111111")]
    [InlineData("/studio/videos")]
    [InlineData("/nothing/here")]
    public async Task Before_setup_every_page_leads_to_the_wizard(string path)
    {
        await using var site = await FreshAsync();

        using var answer = await site.Http.GetAsync(path);

        Assert.Equal("/setup", answer.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task Without_the_link_the_wizard_stays_shut()
    {
        await using var site = await FreshAsync();

        using var bare = await site.Http.GetAsync("/setup");
        using var guessed = await site.Http.GetAsync("/setup?token=setup_guess");

        Assert.Equal(HttpStatusCode.Forbidden, bare.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, guessed.StatusCode);
        Assert.Contains("This site waits for its owner", await bare.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("This link has expired", await guessed.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_names_the_command_with_the_folder_in_use()
    {
        await using var site = await FreshAsync();

        using var page = await site.Http.GetAsync("/setup");

        Assert.Contains($"./kinopress setup-link --data {site.Data}", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_link_sets_the_site_up_once()
    {
        await using var site = await FreshAsync();
        var token = await site.SetupTokenAsync();
        var browser = site.Browser();

        using var answer = await browser.SubmitAsync($"/setup?token={token}", "/setup", Answers);

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.StartsWith("/studio/upload", answer.Headers.Location?.OriginalString, StringComparison.Ordinal);
        using var studio = await browser.GetAsync("/studio/upload");
        Assert.Equal(HttpStatusCode.OK, studio.StatusCode);
        using var again = await site.Http.GetAsync($"/setup?token={token}");
        Assert.Equal("/", again.Headers.Location?.OriginalString);
        var described = await site.Stranger().Site.GetAsync();
        Assert.Equal(("My Films", true), (described.Name, described.IsSetUp));
        using var channel = await site.Http.GetAsync("/@my-films");
        Assert.Equal(HttpStatusCode.OK, channel.StatusCode);
    }

    [Fact]
    public async Task A_second_setup_from_an_open_form_is_refused()
    {
        await using var site = await FreshAsync();
        var token = await site.SetupTokenAsync();
        var first = site.Browser();
        var second = site.Browser();
        using var form = await second.GetAsync($"/setup?token={token}");
        var document = await second.ReadAsync(form);
        using var done = await first.SubmitAsync($"/setup?token={token}", "/setup", Answers);

        var fields = document.QuerySelectorAll("input[type=hidden]").Select(field => KeyValuePair.Create(field.GetAttribute("name") ?? "", field.GetAttribute("value") ?? ""));
        using var content = new FormUrlEncodedContent(fields.Concat(Answers.Select(answer => KeyValuePair.Create(answer.Item1, answer.Item2))));
        using var late = await second.Http.PostAsync("/setup", content);

        Assert.Contains(late.StatusCode, (HttpStatusCode[])[HttpStatusCode.Forbidden, HttpStatusCode.Conflict]);
        Assert.Equal(1, await site.UseAsync((KinopressDbContext db) => db.Users.CountAsync()));
    }

    [Fact]
    public async Task The_link_lasts_half_an_hour()
    {
        var clock = TestSiteOptions.FakeClock();
        await using var site = await TestSite.StartAsync(new TestSiteOptions { IsSetUp = false, Clock = clock });
        var token = await site.SetupTokenAsync();

        clock.Advance(TimeSpan.FromMinutes(29));
        using var intime = await site.Http.GetAsync($"/setup?token={token}");
        clock.Advance(TimeSpan.FromMinutes(1));
        using var late = await site.Http.GetAsync($"/setup?token={token}");

        Assert.Equal(HttpStatusCode.OK, intime.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, late.StatusCode);
    }

    [Fact]
    public async Task A_new_link_replaces_the_old_one()
    {
        await using var site = await FreshAsync();
        var old = await site.SetupTokenAsync();
        var young = await site.SetupTokenAsync();

        using var byOld = await site.Http.GetAsync($"/setup?token={old}");
        using var byYoung = await site.Http.GetAsync($"/setup?token={young}");

        Assert.Equal(HttpStatusCode.Forbidden, byOld.StatusCode);
        Assert.Equal(HttpStatusCode.OK, byYoung.StatusCode);
    }

    [Theory]
    [InlineData("siteName", "")]
    [InlineData("siteName", "\u0001\u202e")]
    [InlineData("ownerName", " ")]
    [InlineData("email", "olga")]
    [InlineData("password", "short")]
    [InlineData("password", "aaaaaaaaaaaa")]
    public async Task A_mistake_keeps_the_form_and_the_link(string field, string value)
    {
        await using var site = await FreshAsync();
        var token = await site.SetupTokenAsync();
        var browser = site.Browser();

        using var answer = await browser.SubmitAsync($"/setup?token={token}", "/setup", [.. Answers.Where(given => given.Item1 != field), (field, value)]);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var page = await browser.ReadAsync(answer);
        Assert.NotNull(page.QuerySelector($"[name={field}][aria-invalid=true]"));
        Assert.False((await site.Stranger().Site.GetAsync()).IsSetUp);
        using var corrected = await browser.SubmitAsync($"/setup?token={token}", "/setup", Answers);
        Assert.Equal(HttpStatusCode.Found, corrected.StatusCode);
    }

    [Fact]
    public async Task The_wizards_page_keeps_its_secret()
    {
        await using var site = await FreshAsync();

        using var answer = await site.Http.GetAsync($"/setup?token={await site.SetupTokenAsync()}");

        Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        Assert.True(answer.Headers.CacheControl?.NoStore);
    }

    [Fact]
    public async Task Two_setups_at_once_make_one_owner()
    {
        await using var site = await FreshAsync();
        var token = await site.SetupTokenAsync();

        var filled = await Task.WhenAll(Enumerable.Range(0, 3).Select(async number =>
        {
            var browser = site.Browser();
            return (browser.Http, Form: await browser.FillAsync($"/setup?token={token}", "/setup", [.. Answers.Where(given => given.Item1 != "email"), ("email", $"owner{number}@example.org")]));
        }));

        var answers = await Task.WhenAll(filled.Select(visitor => visitor.Http.PostAsync("/setup", visitor.Form)));

        Assert.Equal(1, await site.UseAsync((KinopressDbContext db) => db.Users.CountAsync()));
        Assert.Equal(1, await site.UseAsync((KinopressDbContext db) => db.Channels.CountAsync()));
        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Found && answer.Headers.Location?.OriginalString.StartsWith("/studio", StringComparison.Ordinal) == true);
    }

    private static Task<TestSite> FreshAsync() => TestSite.StartAsync(new TestSiteOptions { IsSetUp = false });
}
