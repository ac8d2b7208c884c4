namespace Kinopress.Core.Features.Chat;

/// <summary>What a room remembers of the last minutes: the messages newcomers see, and what the rules ask about. Not thread-safe.</summary>
internal sealed class ChatMemory
{
    public const int Shown = 100;

    private const int OwnTexts = 5;
    private const int MaxPeople = 5000;

    private static readonly TimeSpan Span = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan JustNow = TimeSpan.FromMinutes(1);

    private readonly LinkedList<ChatMessageView> _messages = new();
    private readonly Dictionary<string, Person> _people = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> _said = new(StringComparer.Ordinal);

    public IEnumerable<ChatMessageView> Messages => _messages;

    public ChatMessageView? Find(Guid id) => _messages.FirstOrDefault(message => message.Id == id);

    public ChatPast PastOf(string authorKey, DateTimeOffset now) => _people.TryGetValue(authorKey, out var person)
        ? new ChatPast(person.LastSentAt, person.Texts, text => WasJustSaid(text, now))
        : ChatPast.Nothing with { WasJustSaid = text => WasJustSaid(text, now) };

    /// <summary>Somebody said something, whether others see it yet or not.</summary>
    public void Remember(ChatMessageView message)
    {
        if (_people.Count >= MaxPeople || _said.Count >= MaxPeople)
        {
            Forget(message.SentAt);
        }

        if (!_people.TryGetValue(message.AuthorKey, out var person))
        {
            _people[message.AuthorKey] = person = new Person();
        }

        var folded = ChatWords.Fold(message.Text);
        person.LastSentAt = message.SentAt;
        person.Texts.Enqueue((folded, message.SentAt));
        if (person.Texts.Count > OwnTexts)
        {
            person.Texts.Dequeue();
        }

        _said[folded] = message.SentAt;
    }

    /// <summary>Everybody sees a message.</summary>
    public void Show(ChatMessageView message)
    {
        var before = _messages.Last;
        while (before is not null && before.Value.SentAt > message.SentAt)
        {
            before = before.Previous; // one that was held, or came from another node, has its place further up
        }

        if (before is null)
        {
            _messages.AddFirst(message);
        }
        else if (before.Value.Id != message.Id)
        {
            _messages.AddAfter(before, message);
        }

        if (_messages.Count > Shown)
        {
            _messages.RemoveFirst();
        }
    }

    public void Hide(Func<ChatMessageView, bool> which)
    {
        for (var node = _messages.First; node is not null;)
        {
            var next = node.Next;
            if (which(node.Value))
            {
                _messages.Remove(node);
            }

            node = next;
        }
    }

    /// <summary>The site has other emotes: what everybody sees names those.</summary>
    public void Redraw(ChatEmoteSet emotes)
    {
        for (var node = _messages.First; node is not null; node = node.Next)
        {
            node.Value = node.Value with { Emotes = emotes.In(node.Value.Text) };
        }
    }

    private bool WasJustSaid(string text, DateTimeOffset now) => _said.TryGetValue(text, out var at) && now < at + JustNow;

    private void Forget(DateTimeOffset now)
    {
        foreach (var (key, _) in _people.Where(person => person.Value.LastSentAt + Span < now).ToList())
        {
            _people.Remove(key);
        }

        foreach (var (text, _) in _said.Where(said => said.Value + Span < now).ToList())
        {
            _said.Remove(text);
        }

        // More than fit in two minutes: forgetting the rules' history is better than growing without end.
        if (_people.Count >= MaxPeople)
        {
            _people.Clear();
        }

        if (_said.Count >= MaxPeople)
        {
            _said.Clear();
        }
    }

    private sealed class Person
    {
        public DateTimeOffset? LastSentAt { get; set; }

        public Queue<(string Text, DateTimeOffset At)> Texts { get; } = new();
    }
}
