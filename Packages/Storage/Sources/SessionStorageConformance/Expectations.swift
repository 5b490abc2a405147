import SessionInterfaces

func expect(_ condition: Bool, _ what: @autoclosure () -> String) throws {
    guard condition else { throw ConformanceFailure(description: what()) }
}

func expect<Value: Equatable>(_ found: Value, _ expected: Value, _ what: @autoclosure () -> String) throws {
    try expect(found == expected, "\(what()): found \(short(found)), expected \(short(expected))")
}

func expect<Element: Equatable>(
    _ found: [Element], _ expected: [Element], _ what: @autoclosure () -> String
) throws {
    guard found != expected else { return }
    let position = zip(found, expected).enumerated().first { $1.0 != $1.1 }?.offset ?? min(found.count, expected.count)
    let (one, other) = (found.dropFirst(position).first, expected.dropFirst(position).first)
    throw ConformanceFailure(
        description: """
            \(what()): found \(found.count), expected \(expected.count); the first difference is at \(position): \
            found \(one.map(short) ?? "nothing"), expected \(other.map(short) ?? "nothing")
            """)
}

func expect<R>(_ code: StoreError.Code, from what: String, _ body: () throws -> R) throws {
    do {
        _ = try body()
    } catch {
        return try expect(error, hasCode: code, what)
    }
    throw ConformanceFailure(description: "\(what) did not fail; expected '\(code.rawValue)'")
}

func expect<R>(_ code: StoreError.Code, from what: String, _ body: () async throws -> R) async throws {
    do {
        _ = try await body()
    } catch {
        return try expect(error, hasCode: code, what)
    }
    throw ConformanceFailure(description: "\(what) did not fail; expected '\(code.rawValue)'")
}

private func expect(_ error: any Error, hasCode code: StoreError.Code, _ what: String) throws {
    try expect(
        (error as? StoreError)?.code == code, "\(what) failed with '\(error)'; expected '\(code.rawValue)'")
}

private func short(_ value: some Any) -> String {
    let text = "\(value)"
    return text.count <= 400 ? text : "\(text.prefix(400))…"
}
