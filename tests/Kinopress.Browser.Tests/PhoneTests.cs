using Kinopress.Browser.Tests.Support;

namespace Kinopress.Browser.Tests;

public sealed class PhoneTests(Chromium chromium, FilledSite site)
{
    /// <summary>640 CSS pixels of a 1280 pixel window is what 200 % zoom leaves; 320 is WCAG 2.2 reflow.</summary>
    [Theory]
    [InlineData(320)]
    [InlineData(360)]
    [InlineData(640)]
    public async Task No_page_scrolls_sideways(int width)
    {
        var options = new VisitOptions { Width = width, Height = 740 };
        await using var stranger = await Visit.BeginAsync(chromium, site.Address, options);
        await using var owner = await Visit.BeginAsync(chromium, site.Address, options with { Session = site.OwnerSession });

        var tooWide = new List<string>();
        foreach (var (visit, page) in Places.OfStrangers(site).Select(page => (stranger, page)).Concat(Places.OfTheOwner(site).Select(page => (owner, page))))
        {
            await visit.Page.GotoAsync(page);
            var overflow = await visit.Page.EvaluateAsync<string>(
                """
                () => {
                  const root = document.documentElement;
                  if (root.scrollWidth <= root.clientWidth) return '';
                  const wide = [...document.querySelectorAll('body *')].filter((e) => e.getBoundingClientRect().right > root.clientWidth + 1).at(-1);
                  return `${root.scrollWidth} > ${root.clientWidth}: ${wide?.outerHTML.slice(0, 120)}`;
                }
                """);
            if (overflow.Length > 0)
            {
                tooWide.Add($"{page}: {overflow}");
            }
        }

        Findings.AssertNone(tooWide);
    }

    [Fact]
    public async Task Everything_to_press_is_at_least_24_pixels_high_and_wide()
    {
        var options = new VisitOptions { Width = 360, Height = 740 };
        await using var owner = await Visit.BeginAsync(chromium, site.Address, options with { Session = site.OwnerSession });

        var tooSmall = new List<string>();
        foreach (var page in Places.OfTheOwner(site))
        {
            await owner.Page.GotoAsync(page);
            var found = await owner.Page.EvaluateAsync<string[]>(
                """
                () => [...document.querySelectorAll('a, button, input, select, textarea, summary')]
                  .filter((e) => e.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && getComputedStyle(e).display !== 'inline')
                  .filter((e) => !e.closest('.visually-hidden') && !e.classList.contains('visually-hidden') && e.getAttribute('aria-hidden') !== 'true')
                  .map((e) => [e.closest('label') ?? e, e])
                  .filter(([box]) => { const r = box.getBoundingClientRect(); return r.width > 1 && (r.width < 24 || r.height < 24); })
                  .map(([, e]) => e.outerHTML.slice(0, 100))
                """);
            tooSmall.AddRange(found.Select(element => $"{page}: {element}"));
        }

        Findings.AssertNone(tooSmall);
    }
}
