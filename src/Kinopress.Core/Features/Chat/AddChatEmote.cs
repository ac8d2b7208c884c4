using Kinopress.Core.Data;
using Kinopress.Core.Features.Accounts;
using Kinopress.Core.Foundation;
using Microsoft.EntityFrameworkCore;

namespace Kinopress.Core.Features.Chat;

/// <summary>
/// Gives the site's chats a picture for a name. What cannot be is refused before the picture is looked at; that happens outside
/// any transaction, and what is free is asked again after it.
/// </summary>
public sealed class AddChatEmote(KinopressDbContext db, EmotePictures pictures, ChatRooms rooms, TimeProvider clock)
{
    /// <param name="name">Between the colons: 2 to 20 letters, digits and underscores.</param>
    /// <param name="file">PNG, WebP, GIF, JPEG or AVIF; null when none was sent. It may end where it is too large anyway.</param>
    /// <returns>One of the codes <c>chat.emote_…</c>; <c>account.sign_in_required</c>. Nothing is kept then.</returns>
    public async Task<Result<ChatEmoteView>> RunAsync(string? name, ReadOnlyMemory<byte>? file, Caller caller, CancellationToken cancellationToken)
    {
        if (!caller.IsSignedIn)
        {
            return AccountFailures.SignInRequired;
        }

        if (!ChatEmote.MayManage(caller))
        {
            return ChatFailures.EmoteNotAllowed;
        }

        var wanted = name?.Trim().Trim(':') ?? "";
        if (MistakesOf(wanted, file) is { Count: > 0 } mistakes)
        {
            return ChatFailures.EmoteInvalid(mistakes);
        }

        if (file is not { Length: <= ChatEmote.MaxFileSizeInBytes } sent)
        {
            return ChatFailures.EmoteTooLarge;
        }

        var id = Id<ChatEmote>.New(clock);
        if (await FindRefusalAsync(wanted, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        return (await pictures.MakeAsync(id, sent, cancellationToken)).Failed(out var failure, out var made)
            ? failure
            : await KeepAsync(id, wanted, made);
    }

    // The pictures lie in the store by now: nothing cancels any more, and whatever goes wrong takes them away again.
    private async Task<Result<ChatEmoteView>> KeepAsync(Id<ChatEmote> id, string name, MadeEmotePicture made)
    {
        var isKept = false;
        try
        {
            if (await FindRefusalAsync(name, CancellationToken.None) is { } refusal)
            {
                return refusal;
            }

            var emote = ChatEmote.Create(id, name, made, clock.GetUtcNow());
            db.ChatEmotes.Add(emote);
            db.Record(new ChatEmoteAdded(id.Value), emote.CreatedAt);
            await db.SaveChangesAsync(CancellationToken.None);
            isKept = true;
            await rooms.RefreshAllAsync(CancellationToken.None);
            return new ChatEmoteView(emote.Id, emote.Name, emote.Picture, emote.IsAnimated, emote.CreatedAt);
        }
        catch (DbUpdateException)
        {
            return ChatFailures.EmoteNameTaken; // two were first at once
        }
        finally
        {
            if (!isKept)
            {
                await pictures.DeleteAsync(id, CancellationToken.None);
            }
        }
    }

    private async Task<Failure?> FindRefusalAsync(string name, CancellationToken cancellationToken)
    {
        var folded = EmoteNames.Fold(name);

        // Index ix_chat_emotes_folded_name.
        if (BuiltInEmotes.Has(name) || await db.ChatEmotes.AnyAsync(emote => emote.FoldedName == folded, cancellationToken))
        {
            return ChatFailures.EmoteNameTaken;
        }

        return await db.ChatEmotes.CountAsync(cancellationToken) >= ChatEmote.MaxCount ? ChatFailures.TooManyEmotes : null;
    }

    private static Dictionary<string, string> MistakesOf(string name, ReadOnlyMemory<byte>? file)
    {
        Dictionary<string, string> mistakes = new(StringComparer.Ordinal);
        if (!EmoteNames.IsWellFormed(name))
        {
            mistakes["name"] = $"Use {EmoteNames.MinLength} to {EmoteNames.MaxLength} letters a to z, digits and underscores.";
        }

        if (file is not { Length: > 0 })
        {
            mistakes["picture"] = "Choose a picture.";
        }

        return mistakes;
    }
}
