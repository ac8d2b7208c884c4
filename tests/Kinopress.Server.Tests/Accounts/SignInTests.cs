using System.Net;
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

    [Fact]
    public async Task Five_wrong_passwords_lock_the_account_for_five_minutes()
    {
        var clock = TestSiteOptions.FakeClock();
        await using var site = await TestSite.StartAsync(new TestSiteOptions { Clock = clock });
        var browser = site.Browser();
        for (var attempt = 0; attempt < 5; attempt++)
        {
            using var wrong = await browser.SignInAsync(Email, "not the password");
            Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        }

        using var locked = await browser.SignInAsync(Email, TestPeople.Password);
        clock.Advance(TimeSpan.FromMinutes(6));
        using var later = await browser.SignInAsync(Email, TestPeople.Password);

        Assert.Equal(HttpStatusCode.TooManyRequests, locked.StatusCode);
        Assert.Equal(HttpStatusCode.Found, later.StatusCode);
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

    private static async Task<string?> MessageAsync(HttpResponseMessage answer)
    {
        var document = await new AngleSharp.Html.Parser.HtmlParser().ParseDocumentAsync(await answer.Content.ReadAsStreamAsync(), TestContext.Current.CancellationToken);
        return document.QuerySelector("[role=alert]")?.TextContent.Trim();
    }
}
