using Kinopress.Core.Features.Accounts;
using Microsoft.Extensions.Time.Testing;

namespace Kinopress.Core.Tests;

public sealed class SignInPatienceTests
{
    private const string Account = "anna@example.org";

    private readonly FakeTimeProvider _clock = new();
    private readonly SignInPatience _patience;

    public SignInPatienceTests() => _patience = new SignInPatience(_clock);

    [Fact]
    public void Every_wrong_password_after_the_fifth_doubles_the_wait_up_to_its_bound()
    {
        var origin = Network("a");
        var waits = new List<double>();
        for (var attempt = 1; attempt <= 11; attempt++)
        {
            _patience.CountWrong(Account, origin, isKnown: false);
            waits.Add(_patience.WaitFor(Account, origin, isKnown: false)?.TotalMinutes ?? 0);
            _clock.Advance(TimeSpan.FromMinutes(16));
        }

        Assert.Equal([0, 0, 0, 0, 1, 2, 4, 8, 15, 15, 15], waits);
    }

    [Fact]
    public void A_crowd_of_wrong_passwords_leaves_strange_places_a_few_tries_a_minute_and_known_ones_all()
    {
        Crowd();
        var known = new SignInOrigin("a", Guid.CreateVersion7(), "b");

        var strange = Enumerable.Range(0, 7).Select(number => _patience.WaitFor(Account, Network($"new {number}"), isKnown: false) is null).ToList();
        var afterAMinute = AfterAMinute(() => _patience.WaitFor(Account, Network("newer"), isKnown: false));

        Assert.Equal([true, true, true, true, true, true, false], strange);
        Assert.Null(_patience.WaitFor(Account, known, isKnown: true));
        Assert.Null(afterAMinute);
    }

    [Fact]
    public void A_crowd_at_one_account_does_not_slow_another()
    {
        Crowd();

        var waits = Enumerable.Range(0, 20).Select(_ => _patience.WaitFor("bert@example.org", Network("x"), isKnown: false));

        Assert.All(waits, wait => Assert.Null(wait));
    }

    [Fact]
    public void An_hour_without_wrong_passwords_forgets_them()
    {
        Crowd();

        _clock.Advance(TimeSpan.FromMinutes(61));

        Assert.All(Enumerable.Range(0, 20).Select(_ => _patience.WaitFor(Account, Network("y"), isKnown: false)), wait => Assert.Null(wait));
    }

    private static SignInOrigin Network(string name) => new(name, KnownAccount: null, Browser: null);

    private void Crowd()
    {
        foreach (var number in Enumerable.Range(0, SignInPatience.CrowdSize))
        {
            _patience.CountWrong(Account.ToUpperInvariant(), Network($"n{number}"), isKnown: false);
        }
    }

    private TimeSpan? AfterAMinute(Func<TimeSpan?> ask)
    {
        _clock.Advance(TimeSpan.FromMinutes(1));
        return ask();
    }
}
