using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Kinopress.Browser.Tests.Support;

namespace Kinopress.Browser.Tests;

public sealed class AccessibilityTests(Chromium chromium, FilledSite site)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task No_page_has_a_serious_fault_that_axe_can_see(bool isDark)
    {
        await using var stranger = await Visit.BeginAsync(chromium, site.Address, new VisitOptions { IsDark = isDark });
        await using var owner = await Visit.BeginAsync(chromium, site.Address, new VisitOptions { IsDark = isDark, Session = site.OwnerSession });

        var faults = new List<string>();
        foreach (var page in Places.OfStrangers(site))
        {
            faults.AddRange(await FaultsAsync(stranger, page));
        }

        foreach (var page in Places.OfTheOwner(site))
        {
            faults.AddRange(await FaultsAsync(owner, page));
        }

        Findings.AssertNone(faults);
    }

    private static async Task<IEnumerable<string>> FaultsAsync(Visit visit, string address)
    {
        await visit.Page.GotoAsync(address);
        var result = await visit.Page.RunAxe();
        return from violation in result.Violations
               where violation.Impact is "serious" or "critical"
               from node in violation.Nodes
               select $"{address}: {violation.Id}: {node.Html} {node.Any.FirstOrDefault()?.Message}";
    }
}
