import SessionControl

await SessionControl.main()
