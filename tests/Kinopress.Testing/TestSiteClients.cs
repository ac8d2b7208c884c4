using System.Net.Http.Headers;
using Kinopress.Client;
using Kinopress.Core.Features.Accounts;
using Kinopress.Core.Features.Site;

namespace Kinopress.Testing;

/// <summary>Ways to call a test site: as whom, and with what.</summary>
public static class TestSiteClients
{
    /// <param name="person">A role's name, or <see cref="TestPeople.OtherCreator"/>.</param>
    /// <param name="scopes">None means all.</param>
    public static async Task<KinopressClient> ClientAsync(this TestSite site, string person, params string[] scopes) =>
        new(site.Http, await site.TokenAsync(person, scopes));

    public static KinopressClient Stranger(this TestSite site) => new(site.Http);

    /// <summary>For requests the typed client does not make.</summary>
    public static async Task<HttpClient> HttpAsync(this TestSite site, string person, params string[] scopes)
    {
        var http = site.Own(new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = site.Address });
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await site.TokenAsync(person, scopes));
        return http;
    }

    public static Task<string> TokenAsync(this TestSite site, string person, params string[] scopes) =>
        site.UseAsync(async (AccountQueries accounts) =>
        {
            var caller = await accounts.FindCallerByEmailAsync(TestPeople.EmailOf(person), CancellationToken.None)
                ?? throw new ArgumentException("Nobody of that name lives here.", nameof(person));
            return await site.UseAsync(async (CreateAccessToken create) =>
                (await create.RunAsync("test", scopes, expiresAt: null, caller, CancellationToken.None)).Match(token => token.Secret, failure => throw new InvalidOperationException(failure.Message)));
        });

    public static TestBrowser Browser(this TestSite site) => site.Own(new TestBrowser(site.Address));

    /// <summary>A browser in which a person is signed in.</summary>
    public static async Task<TestBrowser> BrowserAsync(this TestSite site, string person)
    {
        var browser = site.Browser();
        using var answer = await browser.SignInAsync(TestPeople.EmailOf(person), TestPeople.Password);
        return (int)answer.StatusCode == 302 ? browser : throw new InvalidOperationException($"{person} could not sign in: {answer.StatusCode}");
    }

    /// <summary>The token of a new setup link.</summary>
    public static Task<string> SetupTokenAsync(this TestSite site) =>
        site.UseAsync(async (CreateSetupLink create) => (await create.RunAsync(CancellationToken.None)).Match(token => token, failure => throw new InvalidOperationException(failure.Message)));
}
