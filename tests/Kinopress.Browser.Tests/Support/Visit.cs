using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Kinopress.Browser.Tests.Support;

/// <summary>How a visitor comes.</summary>
internal sealed record VisitOptions
{
    public int Width { get; init; } = 1280;

    public int Height { get; init; } = 800;

    public bool HasScript { get; init; } = true;

    public bool IsDark { get; init; }

    /// <summary>The browser plays nothing by itself that can be heard, whatever was clicked; the tests' own questions to a page count as clicks.</summary>
    public bool RefusesSound { get; init; }

    /// <summary>Cookies of an earlier visit (<see cref="Visit.SignInAsync"/>); null for a stranger.</summary>
    public string? Session { get; init; }
}

/// <summary>One visitor with a browser of their own, who writes down everything the browser complains about.</summary>
internal sealed class Visit : IAsyncDisposable
{
    private const string RefuseSound =
        """
        const play = HTMLMediaElement.prototype.play;
        HTMLMediaElement.prototype.play = function () {
          return this.muted ? play.call(this) : Promise.reject(new DOMException('Not without a gesture.', 'NotAllowedError'));
        };
        """;

    private readonly IBrowserContext _context;
    private readonly ConcurrentQueue<string> _complaints = new();
    private readonly bool _hasScript;

    private Visit(IBrowserContext context, IPage page, bool hasScript)
    {
        _context = context;
        _hasScript = hasScript;
        Page = page;
    }

    public IPage Page { get; private set; }

    public IBrowserContext Context => _context;

    /// <summary>Console errors (Content Security Policy violations among them), uncaught exceptions and answers of 400 and above.</summary>
    public IReadOnlyCollection<string> Complaints => _complaints;

    public static async Task<Visit> BeginAsync(Chromium chromium, Uri site, VisitOptions? options = null)
    {
        options ??= new VisitOptions();
        var context = await chromium.Browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = site.ToString(),
            ViewportSize = new ViewportSize { Width = options.Width, Height = options.Height },
            JavaScriptEnabled = options.HasScript,
            ColorScheme = options.IsDark ? ColorScheme.Dark : ColorScheme.Light,
            StorageState = options.Session,
            Locale = "en-GB",
        });
        context.SetDefaultTimeout(Chromium.PatienceInMilliseconds);
        if (options.RefusesSound)
        {
            await context.AddInitScriptAsync(RefuseSound);
        }

        var visit = new Visit(context, await context.NewPageAsync(), options.HasScript);
        visit.Listen(visit.Page);
        return visit;
    }

    /// <summary>Closes the tab and opens another, as somebody who comes back does.</summary>
    public async Task ComeBackAsync()
    {
        await Page.CloseAsync();
        Page = await _context.NewPageAsync();
        Listen(Page);
    }

    /// <summary>Signs in through the form; returns the cookies for other visits.</summary>
    public async Task<string> SignInAsync(string email, string password)
    {
        await Page.GotoAsync("/login");
        await Page.GetByLabel("Email").FillAsync(email);
        await Page.GetByLabel("Password").FillAsync(password);
        await Page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Page.WaitForURLAsync(url => !url.EndsWith("/login", StringComparison.Ordinal));
        return await _context.StorageStateAsync();
    }

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();

    private void Listen(IPage page)
    {
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                _complaints.Enqueue($"{new Uri(page.Url).AbsolutePath}: {message.Text} ({message.Location})");
            }
        };
        page.PageError += (_, error) =>
        {
            // A page with view transitions left for one without: our script catches it, and where scripts are off nothing can.
            if (_hasScript || !error.Contains("ViewTransition opt-in disabled", StringComparison.Ordinal))
            {
                _complaints.Enqueue($"{page.Url}: {error}");
            }
        };
        page.Response += (_, response) =>
        {
            if (response.Status >= 400)
            {
                _complaints.Enqueue($"{response.Status} {response.Request.Method} {response.Url}");
            }
        };
    }
}
