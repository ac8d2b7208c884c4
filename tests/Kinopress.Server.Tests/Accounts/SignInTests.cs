using System.Net;
using Kinopress.Core.Features.Accounts;
using Kinopress.Testing;

namespace Kinopress.Server.Tests.Accounts;

public sealed class SignInTests
{
    private static readonly string Email = TestPeople.EmailOf("creator");

    [Fact]
    public async Task The_right_password_leads_a_creator_to_Studio()
    {
        await using var site = await TestSite.StartAsync();
        var browser = site.Browser();

        using var answer = await browser.SignInAsync(Email, TestPeople.Password);

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.Equal("/studio", answer.Headers.Location?.OriginalString);
        using var studio = await browser.GetAsync("/studio/videos");
        Assert.Equal(HttpStatusCode.OK, studio.StatusCode);
    }

    [Fact]
    public async Task A_viewer_lands_on_the_home_page()
    {
        await using var site = await TestSite.StartAsync();

        using var answer = await site.Browser().SignInAsync(TestPeople.EmailOf("viewer"), TestPeople.Password);

        Assert.Equal("/", answer.Headers.Location?.OriginalString);
    }

    [Theory]
    [InlineData("CREATOR@example.org")]
    [InlineData("  creator@example.org ")]
    public async Task The_address_may_be_typed_in_any_case(string email)
    {
        await using var site = await TestSite.StartAsync();

        using var answer = await site.Browser().SignInAsync(email, TestPeople.Password);

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_address_get_the_same_answer()
    {
        await using var site = await TestSite.StartAsync();

        using var wrong = await site.Browser().SignInAsync(Email, "not the password");
        using var unknown = await site.Browser().SignInAsync("nobody@example.org", "not the password");

        Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, unknown.StatusCode);
        Assert.Equal(await MessageAsync(wrong), await MessageAsync(unknown));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("creator@example.org", "")]
    [InlineData("nul\0@example.org", "whatever it is")]
    public async Task Odd_input_is_a_wrong_password(string email, string password)
    {
        await using var site = await TestSite.StartAsync();

        using var answer = await site.Browser().SignInAsync(email, password);

        Assert.Contains(answer.StatusCode, (HttpStatusCode[])[HttpStatusCode.Unauthorized, HttpStatusCode.BadRequest]);
    }

    [Theory]
    [InlineData("creator@example.org")]
    [InlineData("nobody@example.org")]
    public async Task Five_wrong_passwords_make_the_network_they_came_from_wait_whoever_they_were_for(string email)
    {
        var clock = TestSiteOptions.FakeClock();
        await using var site = await TestSite.StartAsync(new TestSiteOptions { Clock = clock });
        await GuessAsync(site, email, "203.0.113.7", times: 5);

        using var waiting = await From(site, "203.0.113.7").SignInAsync(email, TestPeople.Password);
        clock.Advance(TimeSpan.FromSeconds(61));
        using var later = await From(site, "203.0.113.7").SignInAsync(email, "not the password");

        Assert.Equal(HttpStatusCode.TooManyRequests, waiting.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, later.StatusCode);
    }

    [Fact]
    public async Task Wrong_passwords_of_strangers_do_not_keep_the_owner_out()
    {
        await using var site = await TestSite.StartAsync();
        await GuessAsync(site, Email, "203.0.113.7", times: 6);

        using var answer = await From(site, "198.51.100.9").SignInAsync(Email, TestPeople.Password);

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
    }

    [Fact]
    public async Task A_browser_that_signed_in_before_does_not_wait_for_others_of_its_network()
    {
        await using var site = await TestSite.StartAsync();
        var known = await site.BrowserAsync("creator");
        using var signedOut = await known.SubmitAsync("/", "/logout");
        for (var attempt = 0; attempt < 6; attempt++)
        {
            using var wrong = await site.Browser().SignInAsync(Email, "not the password");
        }

        using var stranger = await site.Browser().SignInAsync(Email, TestPeople.Password);
        using var owner = await known.SignInAsync(Email, TestPeople.Password);

        Assert.Equal(HttpStatusCode.TooManyRequests, stranger.StatusCode);
        Assert.Equal(HttpStatusCode.Found, owner.StatusCode);
    }

    [Fact]
    public async Task A_password_set_at_the_server_works_and_ends_the_sessions()
    {
        await using var site = await TestSite.StartAsync();
        var before = await site.BrowserAsync("creator");

        var set = await site.UseAsync((SetPassword setPassword) => setPassword.RunAsync(" Creator@example.org", "a new one entirely", CancellationToken.None));
        using var session = await before.GetAsync("/studio/videos");
        using var answer = await site.Browser().SignInAsync(Email, "a new one entirely");

        Assert.False(set.Failed(out _));
        Assert.StartsWith("/login", session.Headers.Location?.OriginalString, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
    }

    [Theory]
    [InlineData("nobody@example.org", "long enough", "account.not_found")]
    [InlineData("creator@example.org", "short", "account.invalid")]
    [InlineData("creator@example.org", "aaaaaaaaaaaa", "account.invalid")]
    public async Task A_password_that_cannot_be_set_leaves_the_old_one(string email, string password, string code)
    {
        await using var site = await TestSite.StartAsync();

        var set = await site.UseAsync((SetPassword setPassword) => setPassword.RunAsync(email, password, CancellationToken.None));
        using var answer = await site.Browser().SignInAsync(Email, TestPeople.Password);

        Assert.True(set.Failed(out var failure));
        Assert.Equal(code, failure?.Code);
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
    }

    [Fact]
    public async Task The_page_says_how_a_forgotten_password_is_replaced()
    {
        await using var site = await TestSite.StartAsync();

        var page = await site.Http.GetStringAsync("/login");

        Assert.Contains("Forgot your password?", page, StringComparison.Ordinal);
        Assert.Contains("./kinopress password --user", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_right_password_forgives_four_wrong_ones()
    {
        await using var site = await TestSite.StartAsync();
        var browser = site.Browser();
        for (var round = 0; round < 2; round++)
        {
            for (var attempt = 0; attempt < 4; attempt++)
            {
                using var wrong = await site.Browser().SignInAsync(Email, "not the password");
            }

            using var right = await site.Browser().SignInAsync(Email, TestPeople.Password);

            Assert.Equal(HttpStatusCode.Found, right.StatusCode);
        }
    }

    [Fact]
    public async Task Signing_out_ends_the_session()
    {
        await using var site = await TestSite.StartAsync();
        var browser = await site.BrowserAsync("creator");

        using var answer = await browser.SubmitAsync("/", "/logout");
        using var studio = await browser.GetAsync("/studio/videos");

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.StartsWith("/login", studio.Headers.Location?.OriginalString, StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_than_twenty_tries_a_minute_from_one_address_are_refused()
    {
        await using var site = await TestSite.StartAsync();
        var form = new Dictionary<string, string>(StringComparer.Ordinal) { ["email"] = "x" };
        var statuses = new List<HttpStatusCode>();
        for (var attempt = 0; attempt < 21; attempt++)
        {
            using var content = new FormUrlEncodedContent(form);
            using var answer = await site.Http.PostAsync("/login", content);
            statuses.Add(answer.StatusCode);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, statuses[^1]);
        Assert.DoesNotContain(HttpStatusCode.TooManyRequests, statuses[..20]);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    [InlineData("\\\\evil.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/\t/evil.example")]
    [InlineData("evil.example")]
    [InlineData(" //evil.example")]
    public async Task Nobody_is_sent_to_another_site(string returnUrl)
    {
        await using var site = await TestSite.StartAsync();

        using var answer = await site.Browser().SubmitAsync(
            "/login", "/login", ("email", Email), ("password", TestPeople.Password), ("return_url", returnUrl));

        var target = new Uri(site.Address, answer.Headers.Location ?? site.Address);
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.Equal(site.Address.Authority, target.Authority);
        Assert.Equal("/studio", target.AbsolutePath);
    }

    [Fact]
    public async Task A_page_of_ours_is_returned_to()
    {
        await using var site = await TestSite.StartAsync();

        using var answer = await site.Browser().SignInAsync(Email, TestPeople.Password, "/login?returnUrl=%2Fstudio%2Fupload%3Fa%3Db");

        Assert.Equal("/studio/upload?a=b", answer.Headers.Location?.OriginalString);
    }

    private static TestBrowser From(TestSite site, string address)
    {
        var browser = site.Browser();
        browser.Http.DefaultRequestHeaders.Add("X-Forwarded-For", address);
        return browser;
    }

    private static async Task GuessAsync(TestSite site, string email, string address, int times)
    {
        for (var attempt = 0; attempt < times; attempt++)
        {
            using var wrong = await From(site, address).SignInAsync(email, "not the password");
        }
    }

    private static async Task<string?> MessageAsync(HttpResponseMessage answer)
    {
        var document = await new AngleSharp.Html.Parser.HtmlParser().ParseDocumentAsync(await answer.Content.ReadAsStreamAsync(), TestContext.Current.CancellationToken);
        return document.QuerySelector("[role=alert]")?.TextContent.Trim();
    }
}
