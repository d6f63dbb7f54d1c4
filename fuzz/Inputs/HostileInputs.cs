namespace Fuzz.Inputs;

/// <summary>Every input, the same in every run.</summary>
internal static class HostileInputs
{
    /// <summary>Makes the inputs.</summary>
    /// <param name="each">How many damaged copies of a sample for each way of damage.</param>
    internal static IEnumerable<HostileInput> All(int each) =>
    [
        .. NetworkSettingsInputs.All(), .. PickleInputs.All(each), .. TorchInputs.All(each), .. ArrayInputs.All(each),
        .. RecordInputs.All(each), .. PictureInputs.All(each), .. ArchiveInputs.All(each), .. TextInputs.All(each),
    ];
}
