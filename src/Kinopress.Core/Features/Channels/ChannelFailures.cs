using Kinopress.Core.Foundation;

namespace Kinopress.Core.Features.Channels;

/// <summary>Refusals about channels.</summary>
public static class ChannelFailures
{
    public static Failure NotFound { get; } = new(FailureKind.NotFound, "channel.not_found", "There is no channel at this address.");

    public static Failure NotAllowed { get; } = new(FailureKind.Forbidden, "channel.not_allowed", "Only the owner of a channel may change it.");

    public static Failure Invalid(IReadOnlyDictionary<string, string> fields) => new(
        FailureKind.Invalid, "channel.invalid", "Some fields need another look.") { Fields = fields };
}
