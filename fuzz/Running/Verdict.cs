namespace Fuzz.Running;

/// <summary>What a command did with an input.</summary>
internal enum Verdict
{
    /// <summary>It was read, and the command was done.</summary>
    Accepted,

    /// <summary>It was refused in one line.</summary>
    Refused,

    /// <summary>The command ended in another way.</summary>
    Crashed,

    /// <summary>The command took too long.</summary>
    Hung,
}
