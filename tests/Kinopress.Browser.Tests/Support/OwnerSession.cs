using System.Net;
using System.Text.Json;
using Kinopress.Testing;

namespace Kinopress.Browser.Tests.Support;

/// <summary>Signs the owner in once, so that not every visit has to.</summary>
internal static class OwnerSession
{
    /// <returns>Cookies as Playwright keeps them.</returns>
    public static async Task<string> BeginAsync(Uri site)
    {
        using var handler = new HttpClientHandler { CookieContainer = new CookieContainer(), AllowAutoRedirect = false };
        using var http = new HttpClient(handler) { BaseAddress = site };
        var form = await http.GetStringAsync(new Uri("/login", UriKind.Relative));
        var token = Pattern.Of("""name="([^"]*RequestVerificationToken[^"]*)" value="([^"]+)""").Match(form);
        using var fields = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [token.Groups[1].Value] = WebUtility.HtmlDecode(token.Groups[2].Value),
            ["email"] = RunningSite.OwnerEmail,
            ["password"] = RunningSite.OwnerPassword,
        });
        using var answer = await http.PostAsync(new Uri("/login", UriKind.Relative), fields);
        if (answer.StatusCode is not (HttpStatusCode.Redirect or HttpStatusCode.SeeOther))
        {
            throw new InvalidOperationException($"The owner could not sign in: {answer.StatusCode}.");
        }

        var cookies = handler.CookieContainer.GetAllCookies().Select(cookie => new
        {
            name = cookie.Name, value = cookie.Value, domain = site.Host, path = cookie.Path, expires = -1, httpOnly = cookie.HttpOnly, secure = false, sameSite = "Lax",
        });
        return JsonSerializer.Serialize(new { cookies, origins = Array.Empty<object>() });
    }
}
