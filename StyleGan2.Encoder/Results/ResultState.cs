namespace StyleGan2.Encoder.Results;

/// <summary>What is there already of a picture's results.</summary>
internal enum ResultState
{
    /// <summary>Nothing, or nothing whole: they are to be made.</summary>
    Missing,

    /// <summary>All of them, made with the same settings.</summary>
    Done,

    /// <summary>All of them, made with other settings.</summary>
    OtherSettings,

    /// <summary>A file that this program did not write, or that was changed since: it stays.</summary>
    Foreign,
}
