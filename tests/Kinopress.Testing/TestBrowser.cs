using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Kinopress.Testing;

/// <summary>A browser without JavaScript: keeps cookies, fills in forms with whatever they hold, follows no redirect.</summary>
public sealed class TestBrowser : IDisposable
{
    private readonly HtmlParser _parser = new();

    public TestBrowser(Uri address) =>
        Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = Cookies }) { BaseAddress = address };

    public HttpClient Http { get; }

    public CookieContainer Cookies { get; } = new();

    public Task<HttpResponseMessage> GetAsync(string path) => Http.GetAsync(path);

    public async Task<IHtmlDocument> OpenAsync(string path)
    {
        using var answer = await Http.GetAsync(path);
        return await ReadAsync(answer);
    }

    public async Task<IHtmlDocument> ReadAsync(HttpResponseMessage answer) =>
        _parser.ParseDocument(await answer.Content.ReadAsStringAsync());

    /// <summary>Opens a page and sends its form, with some fields filled in.</summary>
    /// <param name="action">Of the form, as the page spells it; the page itself for a form that names none.</param>
    public Task<HttpResponseMessage> SubmitAsync(string page, string action, params (string Name, string Value)[] fields) => SubmitAsync(page, action, action, fields);

    /// <param name="target">Where a button of its own sends the form instead.</param>
    public async Task<HttpResponseMessage> SubmitAsync(string page, string action, string target, (string Name, string Value)[] fields) =>
        await Http.PostAsync(target, await FillAsync(page, action, fields));

    /// <summary>What submitting a form would send.</summary>
    public async Task<HttpContent> FillAsync(string page, string action, params (string Name, string Value)[] fields)
    {
        var document = await OpenAsync(page);
        var form = document.Forms.FirstOrDefault(candidate => (candidate.GetAttribute("action") ?? page.Split('?')[0]) == action)
            ?? throw new InvalidOperationException($"{page} has no form for {action}.");
        var values = form.QuerySelectorAll("input[name], textarea[name], select[name]")
            .Where(field => field.GetAttribute("type") is not ("checkbox" or "radio" or "file") || field.HasAttribute("checked"))
            .Select(field => (Name: field.GetAttribute("name") ?? "", Value: field switch
            {
                IHtmlTextAreaElement area => area.Value,
                IHtmlSelectElement select => select.Value ?? "",
                _ => field.GetAttribute("value") ?? "",
            }))
            .Where(field => !fields.Any(given => given.Name == field.Name))
            .Concat(fields)
            .Select(field => KeyValuePair.Create(field.Name, field.Value));
        return new FormUrlEncodedContent(values);
    }

    public Task<HttpResponseMessage> SignInAsync(string email, string password, string page = "/login") =>
        SubmitAsync(page, "/login", ("email", email), ("password", password));

    /// <summary>What the pages of Studio give their scripts: the antiforgery token for API calls with the cookie.</summary>
    public async Task<string> AntiforgeryTokenAsync() =>
        (await OpenAsync("/studio/upload")).QuerySelector("upload-queue")?.GetAttribute("antiforgery-token")
        ?? throw new InvalidOperationException("The upload page has no antiforgery token.");

    public void Dispose() => Http.Dispose();
}
