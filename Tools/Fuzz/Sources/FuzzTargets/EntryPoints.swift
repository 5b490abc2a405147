import Foundation

// What libFuzzer calls. One program holds all targets; the environment says which one runs.

private let chosen = FuzzTarget.named(ProcessInfo.processInfo.environment["FUZZ_TARGET"] ?? "")

@_cdecl("LLVMFuzzerInitialize")
public func initialize(
    _ count: UnsafeMutablePointer<CInt>?, _ arguments: UnsafeMutableRawPointer?
) -> CInt {
    let environment = ProcessInfo.processInfo.environment
    if let folder = environment["FUZZ_SEEDS"], let vectors = environment["FUZZ_VECTORS"] {
        for target in FuzzTarget.all {
            let count = Seeds.write(target, from: vectors, to: "\(folder)/\(target.name)")
            print(target.name, count)
        }
        exit(0)
    }
    guard chosen != nil else {
        print("FUZZ_TARGET has to be one of:", FuzzTarget.all.map(\.name).joined(separator: " "))
        exit(64)
    }
    return 0
}

@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    guard let chosen else { return 0 }
    try? chosen.read(Array(UnsafeBufferPointer(start: bytes, count: count)))
    return 0
}
