using System.Collections.Concurrent;
using Kinopress.Core.Foundation;

namespace Kinopress.Core.Features.Destinations;

/// <summary>
/// How sending to each destination goes right now: whoever sends writes it, pages and the API read it. Not worth keeping;
/// one for each process. Thread-safe.
/// </summary>
public sealed class DestinationBoard
{
    private readonly ConcurrentDictionary<Id<Destination>, DestinationStatus> _statuses = new();

    /// <summary>Raised when somebody changed a destination or a live, here or on another node: there may be something else to send.</summary>
    public Signal Changes { get; } = new();

    /// <summary>Off, for one that nothing is sent to.</summary>
    public DestinationStatus Of(Id<Destination> id) => _statuses.TryGetValue(id, out var status) ? status : DestinationStatus.Off;

    public void Set(Id<Destination> id, DestinationStatus status) => _statuses[id] = status;

    /// <summary>Nothing is sent there any more.</summary>
    public void Remove(Id<Destination> id) => _statuses.TryRemove(id, out _);
}

/// <summary>A destination at this moment.</summary>
/// <param name="Trouble">What happened last; null when nothing is wrong.</param>
/// <param name="NextTryAt">Only while it is to be tried again.</param>
/// <param name="DroppedFrames">Pictures and pieces of sound left out since it went live, because the service or the way to it is too slow.</param>
public sealed record DestinationStatus(DestinationState State, DestinationTrouble? Trouble = null, DateTimeOffset? NextTryAt = null, long DroppedFrames = 0)
{
    public static DestinationStatus Off { get; } = new(DestinationState.Off);
}

/// <summary>How sending to a destination goes.</summary>
public enum DestinationState
{
    /// <summary>It is switched off, or nothing is on air.</summary>
    Off,

    /// <summary>Pictures are waited for, or the service's answer.</summary>
    Connecting,

    /// <summary>The service takes what is sent.</summary>
    Live,

    /// <summary>It failed, and is tried again.</summary>
    Retrying,

    /// <summary>It will not work until somebody changes something.</summary>
    Refused,
}

/// <summary>What is wrong with a destination.</summary>
public enum DestinationTrouble
{
    /// <summary>There is no server of that name.</summary>
    NameUnknown,

    /// <summary>The address leads into a private network, which this site does not allow.</summary>
    PrivateAddress,

    /// <summary>Nobody answers.</summary>
    Unreachable,

    /// <summary>The server cannot prove who it is.</summary>
    Certificate,

    /// <summary>Whatever answers does not speak RTMP.</summary>
    NotRtmp,

    /// <summary>The service does not take this stream key.</summary>
    KeyRefused,

    /// <summary>The service refuses for another reason: the application is wrong, or it wants a name and a password.</summary>
    Refused,

    /// <summary>The service hung up right after it had agreed.</summary>
    ClosedAtOnce,

    /// <summary>The connection was lost.</summary>
    Closed,

    /// <summary>The service takes less than is sent.</summary>
    TooSlow,

    /// <summary>The stored key cannot be read any more.</summary>
    KeyUnreadable,
}

/// <summary>What is wrong, in words for whoever set the destination up.</summary>
public static class DestinationTroubles
{
    public static string Describe(DestinationTrouble trouble) => trouble switch
    {
        DestinationTrouble.NameUnknown => "There is no server of this name. Check the address.",
        DestinationTrouble.PrivateAddress => "This address leads into a private network, which this site does not allow.",
        DestinationTrouble.Unreachable => "The server does not answer.",
        DestinationTrouble.Certificate => "The server's certificate is not valid for this address, so nothing was sent.",
        DestinationTrouble.NotRtmp => "Whatever answers at this address does not take streams. Check the address.",
        DestinationTrouble.KeyRefused => "The service refuses this stream key. Copy it again from there.",
        DestinationTrouble.Refused => "The service refuses this stream. Check the address and what it asks of you there.",
        DestinationTrouble.ClosedAtOnce => "The service hangs up right after it agreed. Most often its stream key is wrong, or no stream is set up there.",
        DestinationTrouble.TooSlow => "The service, or the way to it, takes less than is sent.",
        DestinationTrouble.KeyUnreadable => "The stored stream key cannot be read any more. Enter it again.",
        _ => "The connection to the service was lost.",
    };
}
