using System.Text.RegularExpressions;
using Kinopress.Core.Data;
using Kinopress.Core.Features.Accounts;
using Kinopress.Core.Foundation;
using Microsoft.EntityFrameworkCore;

namespace Kinopress.Core.Features.Channels;

/// <summary>Changes a channel's name, address and description. Its former address leads nowhere afterwards.</summary>
public sealed partial class EditChannel(KinopressDbContext db, TimeProvider clock)
{
    /// <returns>The channel as it is now; or <c>channel.not_found</c>, <c>channel.not_allowed</c>, <c>channel.invalid</c>.</returns>
    public async Task<Result<ChannelView>> RunAsync(string handle, ChannelEdit edit, Caller caller, CancellationToken cancellationToken)
    {
        // Index ix_channels_handle.
        var lower = handle.ToLowerInvariant();
        var channel = await db.Channels.SingleOrDefaultAsync(candidate => candidate.Handle == lower, cancellationToken);
        if (channel is null)
        {
            return ChannelFailures.NotFound;
        }

        if (!caller.May(Capability.ManageSite) && channel.OwnerId != new Id<User>(caller.UserId ?? Guid.Empty))
        {
            return ChannelFailures.NotAllowed;
        }

        Dictionary<string, string> mistakes = new(StringComparer.Ordinal);
        var name = edit.Name is null ? channel.Name : Text.SingleLine(edit.Name, Channel.MaxNameLength);
        if (name is null)
        {
            mistakes["name"] = "Give the channel a name.";
        }

        var wanted = edit.Handle is null ? channel.Handle : edit.Handle.Trim().TrimStart('@').ToLowerInvariant();
        if (wanted.Length > Channel.MaxHandleLength || !HandleShape().IsMatch(wanted))
        {
            mistakes["handle"] = $"Use up to {Channel.MaxHandleLength} letters from a to z and digits, with single hyphens between them.";
        }
        else if (wanted != channel.Handle && await db.Channels.AnyAsync(other => other.Handle == wanted, cancellationToken))
        {
            mistakes["handle"] = "Another channel has this address.";
        }

        if (edit.Description?.Length > Channel.MaxDescriptionLength)
        {
            mistakes["description"] = $"Use at most {Channel.MaxDescriptionLength} characters.";
        }

        if (mistakes.Count > 0 || name is null)
        {
            return ChannelFailures.Invalid(mistakes);
        }

        channel.Edit(name, wanted, edit.Description is null ? channel.Description : Text.MultiLine(edit.Description, Channel.MaxDescriptionLength));
        db.Record(new ChannelEdited(channel.Id.Value, channel.Handle), clock.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);
        return ChannelView.Of(channel);
    }

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex HandleShape();
}

/// <summary>What to change, as typed; null leaves a thing as it is, an empty description removes it.</summary>
/// <param name="Handle">With or without the at sign, in any case.</param>
public sealed record ChannelEdit(string? Name, string? Handle, string? Description);
